import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { anyId, resultsWith } from '@ad-analytics/any-text';
import { archiveQueries } from '@ad-analytics/archive-table';
import { RECORD_TYPES, type ResultRecord } from '@ad-analytics/event-schemas';
import { ArchiveReader, type Row } from './archive-reader';
import { ArchiveWriter } from './archive-writer';
import { ALL_DAYS } from './period';

const payloadOf = (record: ResultRecord) => (record as unknown as Record<string, Row>)[record.record_type] ?? {};
/** Only texts: other tests check numbers and times. */
const textsOf = (row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([name, value]) => /_id$|^key$|^reason$/.test(name) && value !== null));
const sorted = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();

it('returns any identifier unchanged and each result once, and can run every saved query', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(anyId, { minLength: 1, maxLength: 12 }), async (ids) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'archive-'));
      const newest = new Map(ids.flatMap(resultsWith).map((result) => [result.record_id, result]));
      try {
        const { malformed } = await ArchiveWriter.use(folder, async (writer) => {
          // Written twice, because a stream delivers at least once.
          for (const record of [...newest.values(), ...newest.values()]) {
            await writer.add(Buffer.from(JSON.stringify(record)));
          }
        });
        expect(malformed).toBe(0);
        await ArchiveReader.use(folder, async (reader) => {
          for (const type of RECORD_TYPES) {
            const expected = [...newest.values()].filter(({ record_type }) => record_type === type);
            expect(sorted((await reader.anyRows(`SELECT * FROM ${type}`)).map(textsOf))).toEqual(
              sorted(expected.map((record) => textsOf({ record_id: record.record_id, ...payloadOf(record) }))),
            );
          }
          for (const { sql } of archiveQueries()) await reader.rows(sql, ALL_DAYS);
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
    }),
    { numRuns: 8 },
  );
});

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RECORD_TYPES, type RecordType, type ResultRecord, resultRecordSchema } from '@ad-analytics/event-schemas';
import { glueColumns, partitionFolder, partitionOf, tableColumns, viewColumns } from '@ad-analytics/archive-table';
import { ArchiveReader, type Row } from './archive-reader';
import { ArchiveWriter, type Archived } from './archive-writer';
import { givenResults } from './given-results';

const FIXTURES = path.join(__dirname, '..', '..', '..', 'libs', 'event-schemas', 'fixtures');
const BUFFER_OF_ONE_RECORD = 1;

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'an archive '))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fixtures(kind: 'valid' | 'invalid', type: RecordType): Record<string, unknown>[] {
  return JSON.parse(readFileSync(path.join(FIXTURES, `${type}.${kind}.json`), 'utf8')) as Record<string, unknown>[];
}

/** Every valid fixture with a separate id, because the committed fixtures of a type share an id. */
const RECORDS = RECORD_TYPES.flatMap((type) =>
  fixtures('valid', type).map(({ event }, index) => {
    const record = resultRecordSchema.parse(event);
    return { ...record, record_id: `${record.record_id}${index}` } as ResultRecord;
  }),
);

const write = (records: readonly unknown[], options: { bufferBytes?: number } = {}): Promise<Archived> =>
  ArchiveWriter.use(
    folder,
    async (writer) => {
      for (const record of records) await writer.add(Buffer.from(JSON.stringify(record)));
    },
    options,
  );

const read = (sql: string): Promise<Row[]> => ArchiveReader.use(folder, (reader) => reader.anyRows(sql));

const filesBelow = (part: string) =>
  readdirSync(path.join(folder, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

/** Converts a type name of DESCRIBE to the syntax of Glue. */
function asGlue(duckdb: string): string {
  return duckdb
    .replaceAll(/VARCHAR\[\]/g, 'array<string>')
    .replaceAll('VARCHAR', 'string')
    .replaceAll('INTEGER', 'int')
    .replaceAll('BIGINT', 'bigint')
    .replaceAll('DOUBLE', 'double')
    .replace(/^STRUCT\((.*)\)$/, 'struct<$1>')
    .replaceAll(/"?([a-z_]+)"? (string|int|bigint|double|array<string>)(, )?/g, (_all, name, type, comma) =>
      comma === undefined ? `${name}:${type}` : `${name}:${type},`,
    );
}

describe('ArchiveWriter', () => {
  it('writes every record to the same folder as Firehose', async () => {
    const { types, malformed } = await write(RECORDS);
    expect(malformed).toBe(0);
    const places = new Set(RECORDS.map((record) => path.join('results', partitionFolder(partitionOf(record)))));
    expect(new Set(filesBelow('results').map((file) => `${path.dirname(file)}${path.sep}`))).toEqual(places);
    expect([...types].map(([type, { records }]) => [type, records])).toEqual(
      RECORD_TYPES.map((type) => [type, RECORDS.filter((record) => record.record_type === type).length]),
    );
  });

  it('writes files with the columns of the Glue table, in its order', async () => {
    await write(RECORDS);
    const file = path.join(folder, filesBelow('results')[0] ?? '').replaceAll("'", "''");
    const columns = await read(`DESCRIBE SELECT * FROM read_parquet('${file}', hive_partitioning = false)`);
    expect(
      columns.map((column) => ({ name: column['column_name'], type: asGlue(String(column['column_type'])) })),
    ).toEqual(glueColumns().map(({ name, type }) => ({ name, type })));
  });

  it('compresses with Snappy, like Firehose', async () => {
    await write(RECORDS.slice(0, 1));
    const files = path.join(folder, 'results', '*', '*', '*.parquet').replaceAll("'", "''");
    expect(await read(`SELECT DISTINCT compression FROM parquet_metadata('${files}')`)).toEqual([
      { compression: 'SNAPPY' },
    ]);
  });

  it('returns every field of every type unchanged, without fields of other types', async () => {
    await write(RECORDS);
    await ArchiveReader.use(folder, async (reader) => {
      for (const type of RECORD_TYPES) {
        const given = RECORDS.filter((record) => record.record_type === type).sort((a, b) =>
          a.record_id < b.record_id ? -1 : 1,
        );
        const expected = given.map((record) => {
          const payload = (record as unknown as Record<string, Row>)[type];
          const all: Row = { ...payload, ...record, event_date: partitionOf(record).event_date };
          return Object.fromEntries(viewColumns(type).map(({ name }) => [name, all[name]]));
        });
        const rows = await reader.anyRows(`SELECT * FROM ${type} ORDER BY record_id`);
        expect({ type, rows }).toEqual({ type, rows: expected });
        const others = tableColumns().filter((column) => 'fields' in column && column.name !== type);
        const empty = others.map(({ name }) => `${name} IS NULL`).join(' AND ');
        const [row] = await reader.anyRows(
          `SELECT COUNT(*) AS n FROM results WHERE record_type = '${type}' AND ${empty}`,
        );
        expect({ type, ...row }).toEqual({ type, n: given.length });
      }
    });
  });

  it('keeps all digits of the greatest number and of a rate', async () => {
    const cost = Number.MAX_SAFE_INTEGER;
    const ctr = 0.1 + 0.2;
    await write(givenResults({ campaign_metrics: { impressions: 1, clicks: 1, ctr, cost_micros: cost } }));
    expect(await read('SELECT ctr, cost_micros FROM campaign_metrics')).toEqual([{ ctr, cost_micros: cost }]);
  });

  it('keeps repeated deliveries, which the view returns once', async () => {
    await write(givenResults({ campaign_metrics: { impressions: 1 }, deliveries: 3 }), {
      bufferBytes: BUFFER_OF_ONE_RECORD,
    });
    expect(filesBelow('results')).toHaveLength(3);
    expect(await read('SELECT COUNT(*) AS n FROM results')).toEqual([{ n: 3 }]);
    expect(await read('SELECT COUNT(*) AS n FROM campaign_metrics')).toEqual([{ n: 1 }]);
  });

  it('returns the results of every type once, although all were delivered twice', async () => {
    await write([...RECORDS, ...RECORDS]);
    for (const type of RECORD_TYPES) {
      const given = RECORDS.filter((record) => record.record_type === type).length;
      expect(await read(`SELECT COUNT(*) AS n FROM ${type}`)).toEqual([{ n: given }]);
      expect(await read(`SELECT COUNT(*) AS n FROM results WHERE record_type = '${type}'`)).toEqual([{ n: 2 * given }]);
    }
  });

  it('adds to an archive', async () => {
    await write(givenResults({ late_event: {}, sequence: '1' }));
    await write(givenResults({ late_event: {}, sequence: '2' }));
    expect(await read('SELECT COUNT(*) AS n FROM late_event')).toEqual([{ n: 2 }]);
  });

  it('sets invalid results aside, with the reason and the bytes', async () => {
    const [invalid] = fixtures('invalid', 'campaign_metrics') as { raw: string }[];
    const raw = invalid?.raw ?? '';
    const { types, malformed } = await ArchiveWriter.use(folder, (writer) => writer.add(Buffer.from(raw)));
    expect({ types: types.size, malformed }).toEqual({ types: 0, malformed: 1 });
    const [file = ''] = filesBelow('errors');
    const error = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as {
      rawData: string;
      errorMessage: string;
    };
    expect(Buffer.from(error.rawData, 'base64').toString()).toBe(raw);
    expect(error.errorMessage).not.toBe('');
  });

  it('leaves no incomplete files when the work fails', async () => {
    const failure = ArchiveWriter.use(folder, async (writer) => {
      await writer.add(Buffer.from(JSON.stringify(RECORDS[0])));
      throw new Error('interrupted');
    });
    await expect(failure).rejects.toThrow('interrupted');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('ArchiveReader', () => {
  it('reports a missing archive', async () => {
    await expect(read('SELECT 1')).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(folder) });
  });

  it('reads files in folders below a partition, like Athena', async () => {
    await write(givenResults({ late_event: {} }));
    const [file = ''] = filesBelow('results');
    const hour = path.join(folder, path.dirname(file), '2026', '11', '23', '10');
    mkdirSync(hour, { recursive: true });
    renameSync(path.join(folder, file), path.join(hour, path.basename(file)));
    expect(await read('SELECT event_date, COUNT(*) AS n FROM late_event GROUP BY event_date')).toEqual([
      { event_date: '2026-11-23', n: 1 },
    ]);
  });

  it('reads only the folders of the requested days', async () => {
    await write([
      ...givenResults({ campaign_metrics: { impressions: 1 } }),
      ...givenResults({ campaign_metrics: { window_start: '2026-11-24T10:00:00.000Z' } }),
    ]);
    const [plan] = await read(
      `EXPLAIN ANALYZE SELECT * FROM campaign_metrics WHERE event_date BETWEEN '2026-11-24' AND '2026-11-24'`,
    );
    expect(JSON.stringify(plan)).toMatch(/Total Files Read: 1\b/);
  });
});

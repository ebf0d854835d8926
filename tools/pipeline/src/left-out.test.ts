import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Ledger, LedgerLine } from '@ad-analytics/result-records/ledger';
import { leftOutLines } from './left-out';

let file: string;
beforeEach(() => (file = path.join(mkdtempSync(path.join(os.tmpdir(), 'left out ')), 'results.jsonl')));
afterEach(() => rmSync(path.dirname(file), { recursive: true }));

const ALL_ACCEPTED: LedgerLine = { read: 100, rejected: 0, late: 0, duplicates: 0, accepted: 100 };
const ledger = (impression: Partial<LedgerLine>): Ledger => ({
  impression: { ...ALL_ACCEPTED, ...impression },
  click: ALL_ACCEPTED,
  attributed: 0,
  unattributed: 0,
  problems: [],
});
const record = (type: string, id: string, payload: object) =>
  JSON.stringify({
    record_type: type,
    record_id: `${type}:AdImpressionsStreamInput:shardId-000000000000:${id}`,
    schema_version: 1,
    event_time: '2026-11-23T10:00:00.000Z',
    [type]: payload,
  });
const rejected = (id: string, reason: string, raw: string | null) =>
  record('rejected_event', id, {
    source: 'impression',
    reason,
    raw: raw === null ? null : Buffer.from(raw).toString('base64'),
    raw_length: raw?.length ?? 9,
  });

describe('leftOutLines', () => {
  it('is empty for at most one percent', async () => {
    expect(await leftOutLines(ledger({ rejected: 1, late: 1, duplicates: 1 }), file, false)).toEqual([]);
  });

  it('shows the most frequent reasons with an example each, and what to do', async () => {
    const lines = [
      rejected('1', "event_time: '2026' is not a time", '{"a":1}'),
      rejected('2', 'user_id: is missing', '{"b":\u001b[31m}'),
      rejected('3', "event_time: '2027' is not a time", '{"c":3}'),
      // Delivered again.
      rejected('3', "event_time: '2027' is not a time", '{"c":3}'),
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const shown = await leftOutLines(ledger({ rejected: 3, accepted: 97 }), file, false);
    expect(shown).toEqual([
      '3.0 % of the impressions were rejected (3 of 100):',
      "  2 x, for example: event_time: '2026' is not a time",
      '    {"a":1}',
      '  1 x, for example: user_id: is missing',
      '    {"b":\\u001b[31m}',
      expect.stringContaining('npm run import') as string,
    ]);
  });

  it('says if a record was withheld', async () => {
    writeFileSync(file, `${rejected('1', 'user_id', null)}\n`);
    const shown = await leftOutLines(ledger({ rejected: 3, accepted: 97 }), file, false);
    expect(shown).toContain('    (the job withholds rejected records)');
  });

  it('names the order of the file as the reason for late records if it was used', async () => {
    const late = { source: 'impression', event_id: 'i7', event_time: '2026-11-23T10:00:00.000Z', lateness_ms: 65_000 };
    writeFileSync(file, `${record('late_event', '1', late)}\n`);
    const shown = await leftOutLines(ledger({ late: 20 }), file, true);
    expect(shown.join('\n')).toMatch(
      /20\.0 % of the impressions were late[\s\S]*65,000 ms[\s\S]*i7[\s\S]*--in-file-order/,
    );
    expect((await leftOutLines(ledger({ late: 20 }), file, false)).join('\n')).toContain(
      'max.out.of.orderness.seconds',
    );
  });

  it('reports repeated ids', async () => {
    writeFileSync(file, '');
    expect((await leftOutLines(ledger({ duplicates: 50 }), file, false)).join('\n')).toMatch(
      /50\.0 %[\s\S]*a unique id/,
    );
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { writeReport } from './write-report';

const folder = mkdtempSync(path.join(os.tmpdir(), 'a report '));
afterAll(() => rmSync(folder, { recursive: true }));

const line = { read: 1, rejected: 1, late: 0, duplicates: 0, accepted: 0 };
const books = {
  ...{ impression: line, click: { ...line, read: 0, rejected: 0 } },
  ...{ attributed: 0, unattributed: 0, problems: [], leftOut: ['<b>100 % of the impressions</b> were rejected'] },
};
const configFile = path.join(ROOT, 'flink', 'kinesis-config.json');

it('writes one page with the results and the ledger of a run', async () => {
  const results = path.join(folder, 'results.jsonl');
  const rejected = { source: 'impression', reason: 'ip_address: is missing', raw: '', raw_length: 0 };
  writeFileSync(
    results,
    `${JSON.stringify({
      record_type: 'rejected_event',
      record_id: 'rejected_event:ad-impressions:shardId-0:1',
      event_time: '2026-11-20T10:00:00.000Z',
      rejected_event: rejected,
    })}\n`,
  );
  const report = path.join(folder, 'report.html');
  await writeReport({ results, report, configFile, books });
  const html = readFileSync(report, 'utf8');
  const data = JSON.parse(/id="report">(.*)<\/script>/.exec(html)?.[1] ?? '');
  expect(data.books).toEqual(books);
  expect(data.view.quality.rejectedReasons).toEqual([['ip_address: is missing', 1]]);
});

it('shows what a check says of the results', async () => {
  const results = path.join(folder, 'checked.jsonl');
  writeFileSync(results, '');
  const report = path.join(folder, 'checked.html');
  const stream = { read: 0, rejected: 0, late: 0, lateAfterQuiet: 0, duplicates: 0, accepted: 0 };
  const counts = { expected: 1, found: 0, missing: 1, pending: 0, extra: 0, differing: 0, repeated: 0 };
  const examples = { missing: [{ record_id: '<b>r</b>' }], extra: [], differing: [] };
  const verdict = {
    ...{ agrees: false, impressions: stream, clicks: stream, equations: [], resultsRead: 0, notes: [] },
    types: [{ recordType: 'fraud_alert' as const, ...counts, examples }],
    malformed: { count: 0, examples: [] },
  };
  await writeReport({ results, report, configFile, verdict });
  const data = JSON.parse(/id="report">(.*)<\/script>/.exec(readFileSync(report, 'utf8'))?.[1] ?? '');
  expect(data.books).toBeNull();
  expect(data.verdict).toMatchObject({ agrees: false, types: [{ recordType: 'fraud_alert', missing: 1 }] });
  expect(data.verdict.lines).toContain('missing fraud_alert: {"record_id":"<b>r</b>"}');
});

it('says why it could not be written', async () => {
  const results = path.join(folder, 'none.jsonl');
  const report = path.join(folder, 'none.html');
  await expect(writeReport({ results, report, configFile, books })).rejects.toThrow(
    /none\.html could not be written: .*none\.jsonl/,
  );
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../setup/layout.cjs';
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

it('says why it could not be written', async () => {
  const results = path.join(folder, 'none.jsonl');
  const report = path.join(folder, 'none.html');
  await expect(writeReport({ results, report, configFile, books })).rejects.toThrow(
    /none\.html could not be written: .*none\.jsonl/,
  );
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CheckList } from '@ad-analytics/command-line/check-list';
import { checkArchive } from './check-archive';
import { givenResults } from './given-results';

it('compares the archive of a run with its results', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'a run '));
  try {
    const results = [
      ...givenResults({ campaign_metrics: { impressions: 3, clicks: 1, ctr: 1 / 3 }, deliveries: 2 }),
      ...givenResults({ attributed_click: {} }),
      ...givenResults({ late_event: { source: 'click' } }),
      ...givenResults({ rejected_event: {} }),
    ];
    const file = path.join(folder, 'results.jsonl');
    writeFileSync(file, results.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const lines: string[] = [];
    const checks = new CheckList((line) => lines.push(line));
    await checkArchive(file, folder, checks);
    expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([]);
    expect(checks.count('passed')).toBe(5);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

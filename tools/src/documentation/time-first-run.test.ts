import { readFileSync } from 'node:fs';
import path from 'node:path';
import { renderDemo } from '@ad-analytics/demo/render';
import { FIRST_RUN_FILE, ROOT } from '@ad-analytics/setup/layout.cjs';
import { FIRST_RATE, firstRunSentence, withSentence } from '@ad-analytics/setup/time-first-run.cjs';

const run = { setUpSeconds: 90, firstRateSeconds: 150, processors: 2, memoryGb: 8 };

it('writes the measured time into README.md', () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  expect(withSentence(readme, JSON.parse(readFileSync(FIRST_RUN_FILE, 'utf8')))).toBe(readme);
});

it('writes the sentence between its markers, and fails without them', () => {
  expect(withSentence('a <!-- first-run -->old<!-- /first-run --> b', run)).toBe(
    `a <!-- first-run -->${firstRunSentence(run)}<!-- /first-run --> b`,
  );
  expect(firstRunSentence(run)).toContain(
    '2.5 minutes, of which 1.5 minutes are the set-up with all its downloads, on 2 cores with 8 GB',
  );
  expect(() => withSentence('no marker', run)).toThrow('<!-- first-run -->');
});

it('recognises the first rate that the demo shows', () => {
  const view = {
    elapsedSeconds: 20,
    totalSeconds: undefined,
    impressionsRead: 10,
    impressionsPerSecond: 1,
    clicksRead: 2,
    clicksPerSecond: 1,
    results: 3,
    resultsPerSecond: 1,
    attributed: 2,
    unattributed: 0,
    rejected: 0,
    late: 0,
    duplicates: 0,
    clickDelayMs: 1_000,
    windowDelayMs: 1_000,
    latestWindowEnd: '2026-11-23T10:00:10.000Z',
    notices: [],
    page: 'http://127.0.0.1:1/',
  };
  const row = { campaign: 'campaign-01', impressions: 10, clicks: 2, ctr: 0.2, lastWindowCtr: null, attributed: 2 };
  const text = (campaigns: (typeof row)[]) => renderDemo({ ...view, campaigns }, { rows: 24, columns: 200 }).join('\n');
  expect(text([])).not.toMatch(FIRST_RATE);
  expect(text([row])).toMatch(FIRST_RATE);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { archiveQueries } from '@ad-analytics/archive-table';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { archiveCommand } from './archive-command';
import { givenResults } from './given-results';
import { queryArchiveCommand } from './query-archive-command';

const never = new AbortController().signal;
const RESULTS = [
  ...givenResults({ campaign_metrics: { impressions: 200, clicks: 3, ctr: 0.015 }, deliveries: 2 }),
  ...givenResults({ campaign_metrics: { window_start: '2026-11-24T10:00:00.000Z', impressions: 1 } }),
];

let folder: string;
let out: string;
let printed: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'an archive '));
  out = path.join(folder, 'out');
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function resultsFile(extra = ''): string {
  const file = path.join(folder, 'results.jsonl.gz');
  writeFileSync(file, gzipSync(`${RESULTS.map((record) => JSON.stringify(record)).join('\n')}\n${extra}`));
  return file;
}

const archive = (...args: string[]) =>
  archiveCommand(never)
    .exitOverride()
    .parseAsync(['--out', out, ...args], { from: 'user' });
const query = (...args: string[]) =>
  queryArchiveCommand(never)
    .exitOverride()
    .parseAsync(['--archive', out, ...args], { from: 'user' });

it('writes an archive from a file of results, and queries it for a period', async () => {
  await archive('--results', resultsFile());
  expect(printed.join('\n')).toMatch(/campaign_metrics +3 +2/);
  printed = [];
  await query('ctr_by_day', '--to', '2026-11-23', '--json');
  expect(printed.map((line) => JSON.parse(line) as unknown)).toEqual([
    { metrics_day: '2026-11-23', impressions: 200, clicks: 3, ctr: 0.015, cost_usd: 0 },
  ]);
  expect(process.exitCode).toBeUndefined();
});

it('runs a query of the user, and reports its error', async () => {
  await archive('--results', resultsFile());
  printed = [];
  await query('--sql', 'SELECT COUNT(*) AS windows FROM campaign_metrics');
  expect(printed).toEqual(['windows\n      2']);
  await expect(query('--sql', 'SELECT nothing FROM campaign_metrics')).rejects.toMatchObject({ exitCode: 2 });
});

it('has a separate exit code if records were set aside', async () => {
  await archive('--results', resultsFile('{"record_type":"novelty"}\n'));
  expect(process.exitCode).toBe(BOOKS_DO_NOT_BALANCE);
});

it('adds to a non-empty folder only with --append', async () => {
  mkdirSync(out);
  writeFileSync(path.join(out, 'a file of the user'), '');
  await expect(archive('--results', resultsFile())).rejects.toMatchObject({ exitCode: 2 });
  await archive('--results', resultsFile(), '--append');
  expect(printed.join('\n')).toContain('campaign_metrics');
});

it.each([
  ['a file that is not there', () => archive('--results', path.join(folder, 'none.jsonl'))],
  ['a folder for a file', () => archive('--results', folder)],
  ['no stack', () => archive('--stack', path.join(folder, 'none.json'))],
  ['a query that does not exist', () => query('novelty')],
  ['neither a query nor SQL', () => query()],
  ['both', () => query('ctr_by_day', '--sql', 'SELECT 1')],
])('rejects %s as invalid usage', async (_what, run) => {
  await expect(run()).rejects.toMatchObject({ exitCode: 2 });
});

it('lists the queries if none is named', async () => {
  await expect(query()).rejects.toMatchObject({ message: expect.stringContaining(archiveQueries()[0]?.title ?? '') });
});

it('rejects a day that does not exist', async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  await expect(query('ctr_by_day', '--from', '2026-02-30')).rejects.toThrow(/2026-11-23/);
});

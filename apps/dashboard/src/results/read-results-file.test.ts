import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { alertOf, engagementOf, rejectedOf, trafficOf } from '../../test/sample-results';
import { readResultsFile } from './read-results-file';

const START = Date.parse('2026-11-20T10:00:00Z');
const folder = mkdtempSync(path.join(os.tmpdir(), 'a run '));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, lines: readonly (object | string)[]): string {
  const file = path.join(folder, name);
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}
const traffic = (impressions: number) => trafficOf(START, 'campaign', 'c', { impressions, clicks: 1 });

describe('a file of results', () => {
  it.each(['run.jsonl', 'run.jsonl.gz'])('is read, with the last delivery of each record: %s', async (name) => {
    const alert = alertOf(START + 60_000, { actor_id: '192.0.2.1' });
    const run = await readResultsFile(write(name, [traffic(1), '', alert, traffic(2)]));
    expect(run).toMatchObject({ records: 3, invalid: 0, firstProblem: undefined, end: START + 60_000 });
    const { results } = await run.results.read('campaign_metrics/campaign', { from: START, to: START + 1 }, 10);
    expect(results.map(({ payload }) => payload.impressions)).toEqual([2]);
  });

  it('ends with its traffic, not with the arrival of a rejected event', async () => {
    const arrival = START + 86_400_000;
    const rejected = rejectedOf('1', arrival, 'click', 'user_id: is missing');
    const run = await readResultsFile(write('replayed.jsonl', [rejected, traffic(1)]));
    expect(run).toMatchObject({ end: START, rejectedAt: [arrival] });
    expect((await readResultsFile(write('rejected.jsonl', [rejected]))).end).toBe(arrival);
  });

  it('contains the window sizes of the job', async () => {
    const scores = [0, 300_000, 120_000].map((after) => engagementOf(START + after, 'u'));
    const { windows } = await readResultsFile(write('windows.jsonl', [traffic(1), ...scores]));
    expect(windows).toEqual({ metrics: 10, engagement: 300, engagementSlide: 120 });
    const alone = await readResultsFile(write('alert.jsonl', [alertOf(START, { actor_id: 'a' })]));
    expect(alone.windows).toEqual({ metrics: undefined, engagement: undefined, engagementSlide: undefined });
  });

  it('counts lines that are not results, and names the first', async () => {
    const run = await readResultsFile(write('bad.jsonl', [traffic(1), '{', { record_type: 'nothing' }]));
    expect(run).toMatchObject({ records: 1, invalid: 2, firstProblem: expect.stringMatching(/^line 2: /) });
  });

  it.each([
    ['does not exist', () => path.join(folder, 'none.jsonl'), /none\.jsonl cannot be read/],
    ['is empty', () => write('no.jsonl', []), /does not contain any result/],
    [
      'does not contain any result',
      () => write('events.jsonl', [{ impression_id: 'i' }]),
      /does not contain any result.* line 1: /,
    ],
    ['is a folder', () => folder, /cannot be read/],
  ])('is refused with exit code 2 when it %s', async (_, file, message) => {
    await expect(readResultsFile(file())).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  it('is refused when it ends in the middle of its gzip', async () => {
    const file = path.join(folder, 'cut.jsonl.gz');
    writeFileSync(file, gzipSync(`${JSON.stringify(traffic(1))}\n`.repeat(1_000)).subarray(0, 60));
    await expect(readResultsFile(file)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('is refused when it has more records than fit', async () => {
    await expect(readResultsFile(write('large.jsonl', [traffic(1), traffic(2)]), 1)).rejects.toThrow(/--report/);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exitCodeOf } from './chaos-command';
import { isDone, planRuns, resultFile } from './planned-run';
import { SCENARIOS } from './scenarios';
import { drawPairs } from './together';

describe('the runs of a command', () => {
  const all = Object.keys(SCENARIOS);

  it('are all scenarios and a pair, for one seed after the other', () => {
    const runs = planRuns([3, 4], {});
    expect(runs.map(({ scenario }) => scenario)).toEqual([...all, ...drawPairs(3, 1), ...all, ...drawPairs(4, 1)]);
    expect(runs.map(({ seed }) => seed)).toEqual([...Array(all.length + 1).fill(3), ...Array(all.length + 1).fill(4)]);
  });

  it('can be some scenarios, or only pairs', () => {
    expect(planRuns([1, 2], { scenarios: ['sink'] })).toEqual([
      { scenario: 'sink', seed: 1 },
      { scenario: 'sink', seed: 2 },
    ]);
    expect(planRuns([1], { pairs: 2 }).map(({ scenario }) => scenario)).toEqual(drawPairs(1, 2));
  });
});

describe('a run is done', () => {
  const run = { scenario: 'sink', seed: 1 };
  const sum = { agrees: true };
  const right = { ...run, lost: 0, stream: sum, table: sum, commit: 'abc1234' };
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'reliability '))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const done = (kept: object, commit: string | undefined) => {
    writeFileSync(resultFile(folder, run), JSON.stringify(kept));
    return isDone(folder, run, commit);
  };

  it('when the report has a right result of this commit', () => expect(done(right, 'abc1234')).toBe(true));

  it('not when the sources had changes without a commit, because these may differ', () =>
    expect(done({ ...right, commit: 'abc1234-dirty' }, 'abc1234-dirty')).toBe(false));

  it('not when it has none, a failed or wrong one, or one of another commit', () => {
    expect(isDone(folder, run, 'abc1234')).toBe(false);
    expect(done(right, 'def5678')).toBe(false);
    expect(done({ ...run, problem: 'no checkpoint', commit: 'abc1234' }, 'abc1234')).toBe(false);
    expect(done({ ...right, lost: 1 }, 'abc1234')).toBe(false);
    expect(done({ ...right, table: { agrees: false } }, 'abc1234')).toBe(false);
    const { commit: _, ...unknown } = right;
    expect(done(unknown, undefined)).toBe(false);
  });
});

it.each([
  [0, 0],
  [1, 101],
  [3, 103],
  [100, 127],
])('has an exit code for %i failed runs: %i', (failed, code) => expect(exitCodeOf(failed)).toBe(code));

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDirty } from '@ad-analytics/command-line/machine';
import { type KeptResult, isFinished, isRight } from './scenario-result';
import { SCENARIOS } from './scenarios';
import { drawPairs } from './together';

/** One scenario, or several with + between them, with one seed. */
export interface PlannedRun {
  readonly scenario: string;
  readonly seed: number;
}

/**
 * @param seeds one after the other
 * @param which names of scenarios, or the number of pairs that each seed draws; default: all scenarios and one pair
 * @returns the runs in their order
 */
export function planRuns(
  seeds: readonly number[],
  which: { readonly scenarios?: readonly string[] | undefined; readonly pairs?: number | undefined },
): PlannedRun[] {
  const { scenarios, pairs } = which;
  const named = scenarios ?? (pairs === undefined ? Object.keys(SCENARIOS) : []);
  const drawn = scenarios === undefined ? (pairs ?? 1) : 0;
  return seeds.flatMap((seed) =>
    [...named, ...drawPairs(seed, drawn)].map((scenario): PlannedRun => ({ scenario, seed })),
  );
}

/** @returns file of the result of a run in the folder of the report */
export function resultFile(folder: string, { scenario, seed }: PlannedRun): string {
  return path.join(folder, `${scenario}-${seed}.json`);
}

/**
 * @param folder of the report
 * @param commit of the sources now; undefined if git does not know it
 * @returns whether the report has this run of this commit, and it was right
 */
export function isDone(folder: string, run: PlannedRun, commit: string | undefined): boolean {
  const file = resultFile(folder, run);
  if (commit === undefined || isDirty(commit) || !existsSync(file)) return false;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as KeptResult;
  return kept.commit === commit && isFinished(kept) && isRight(kept);
}

import type { JobFigures } from './measure-job';
import { operatorOfThread } from './operator-of-thread';
import { spreadOf } from './spread';

/** Operators with less are not in a chart, microseconds per event. */
export const LEAST_IN_CHART = 0.5;

/**
 * @param runs of one job, at least one
 * @returns CPU time by operator, microseconds per event, as the median of the runs, sorted by descending cost
 */
export function byOperator(runs: readonly Pick<JobFigures, 'threads'>[]): { name: string; micros: number }[] {
  const sums = runs.map(({ threads }) => {
    const sum = new Map<string, number>();
    for (const { name, micros } of threads) {
      const operator = operatorOfThread(name);
      sum.set(operator, (sum.get(operator) ?? 0) + micros);
    }
    return sum;
  });
  const names = new Set(sums.flatMap((sum) => [...sum.keys()]));
  return [...names]
    .map((name) => ({ name, micros: spreadOf(sums.map((sum) => sum.get(name) ?? 0)).median }))
    .sort((a, b) => b.micros - a.micros);
}

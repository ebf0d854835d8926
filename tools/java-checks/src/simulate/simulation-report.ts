import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What one simulation did, as `adanalytics.simulation.Tally` writes it. */
export interface SimulationTally {
  /** Uids of the simulated operators. */
  readonly operators: string;
  readonly schedules: number;
  readonly events: number;
  readonly checkpoints: number;
  readonly restarts: number;
  /** Restarts with another parallelism. */
  readonly rescales: number;
  /** Event time from the first to the last event, over all schedules. */
  readonly hours: number;
}

const COLUMNS = ['schedules', 'events', 'checkpoints', 'restarts', 'rescales', 'hours'] as const;

/** @param folder of the reports @returns the report of each simulation, by operator */
export function readTallies(folder: string): SimulationTally[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as SimulationTally)
    .sort((a, b) => a.operators.localeCompare(b.operators));
}

/** @returns lines of a table, the sum of all simulations last */
export function describeTallies(tallies: readonly SimulationTally[]): string[] {
  const sum = (column: (typeof COLUMNS)[number]) => tallies.reduce((total, tally) => total + tally[column], 0);
  const rows = [
    ['operators', ...COLUMNS],
    ...tallies.map((tally) => [tally.operators, ...COLUMNS.map((column) => shown(tally[column]))]),
    ['all', ...COLUMNS.map((column) => shown(sum(column)))],
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}

/** @param total schedules of all simulations @returns the progress of a run */
export function describeProgress(tallies: readonly SimulationTally[], total: number): string {
  const sum = (column: 'schedules' | 'hours') => tallies.reduce((all, tally) => all + tally[column], 0);
  return `${shown(sum('schedules'))} of ${shown(total)} schedules, ${shown(sum('hours'))} simulated hours`;
}

const shown = (value: number) => Math.round(value).toLocaleString('en-US');

/**
 * @param tallies that the run has written
 * @param plan number of simulations, and of schedules for each
 * @returns a description of what is missing in the report; undefined if it is complete
 */
export function missingIn(
  tallies: readonly SimulationTally[],
  plan: { readonly simulations: number; readonly schedulesEach: number },
): string | undefined {
  if (tallies.length !== plan.simulations) return `${tallies.length} of ${plan.simulations} simulations reported`;
  const short = tallies.find(({ schedules }) => schedules < plan.schedulesEach);
  return short && `${short.operators}: ${short.schedules} of ${plan.schedulesEach} schedules ran`;
}

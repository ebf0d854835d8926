import { duration } from '@ad-analytics/command-line/progress';
import { type TestTotals, addTotals } from './test-totals';

/** One line of the table. */
export interface SummaryRow {
  readonly name: string;
  readonly totals: TestTotals;
  /** Milliseconds. */
  readonly ms: number;
  readonly fromCache: boolean;
  /** What tells why it failed, where something does. */
  readonly failures?: readonly string[];
}

/** @returns the closing line: all results of a run */
export function closingLine(totals: TestTotals): string {
  const skipped = totals.skipped === 0 ? '' : `, ${totals.skipped} skipped`;
  return `${totals.passed} passed, ${totals.failed} failed${skipped}`;
}

/** @returns a table of all parts of the run, the failed ones marked, and the closing line */
export function summaryTable(rows: readonly SummaryRow[]): string[] {
  const width = Math.max(...rows.map((row) => row.name.length), 4);
  const cells = (name: string, passed: string, failed: string, skipped: string, time: string) =>
    `  ${name.padEnd(width)} ${passed.padStart(8)} ${failed.padStart(8)} ${skipped.padStart(8)}  ${time}`;
  return [
    cells('part', 'passed', 'failed', 'skipped', 'time'),
    ...rows.map(({ name, totals: { passed, failed, skipped }, ms, fromCache }) => {
      const time = `${duration(ms)}${fromCache ? ' (cached)' : ''}${failed > 0 ? '  <-- FAILED' : ''}`;
      return cells(name, String(passed), String(failed), String(skipped), time);
    }),
    closingLine(addTotals(rows.map((row) => row.totals))),
  ];
}

/** @returns what failed, by its part: a run has thousands of lines, and a build server may keep only the last ones */
export function failureList(rows: readonly SummaryRow[]): string[] {
  return rows
    .filter((row) => row.totals.failed > 0)
    .flatMap(({ name, failures = [] }) => [
      `Failed: ${name}${failures.length === 0 ? '; its output above says why' : ''}`,
      ...failures.map((line) => `  ${line}`),
    ]);
}

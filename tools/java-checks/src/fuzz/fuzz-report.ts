import { grouped } from '@ad-analytics/command-line/progress';
import { printable } from '@ad-analytics/command-line/printable';
import type { FuzzTest } from './fuzz-tests';
import type { JazzerOutput } from './jazzer-output';

/** The outcome of fuzzing one test. */
export interface FuzzedTest {
  readonly test: FuzzTest;
  readonly output: Pick<JazzerOutput, 'executions' | 'edges' | 'features' | 'inputs' | 'findings'>;
  /** How long it was fuzzed. */
  readonly seconds: number;
}

/** @returns lines of a table with a row for each test, then the findings */
export function describeFuzzing(tests: readonly FuzzedTest[]): string[] {
  const rows = [
    ['test', 'minutes', 'executions', 'branches', 'features', 'inputs', 'findings'],
    ...tests.map(({ test, output, seconds }) => [
      test.name,
      (seconds / 60).toFixed(1),
      ...[output.executions, output.edges, output.features, output.inputs, output.findings.length].map(grouped),
    ]),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  return [
    ...rows.map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    ),
    ...tests.flatMap(({ test, output }) =>
      output.findings.flatMap(({ cause, file }) => [`${test.name}: ${printable(cause)}`, `  input: ${file}`]),
    ),
  ];
}

import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { grouped } from '@ad-analytics/command-line/progress';
import { type Ledger, typeAgrees } from '@ad-analytics/verify/ledger';
import { printLedger } from '@ad-analytics/verify/print-ledger';
import type { Results } from '@ad-analytics/verify/input';

/** Maximum number of records in all three streams. A check of more would take minutes. */
const MAX_RECORDS = 2_000_000;

/** The outcome of the comparison with an independent computation, or why it was skipped. */
export type ResultsCheck = { readonly ledger: Ledger } | { readonly skipped: string };

/**
 * Computes the results again from the records of the input streams and compares them, like `npm run verify`.
 * @param stack whose job has ended, all windows closed
 * @param records number of records in the three streams
 * @param options `results`: what to compare (default: the results stream); `maxRecords`: larger runs are not compared
 */
export async function checkResults(
  stack: Pick<LocalStack, 'kinesis' | 'runFolder' | 'settings'>,
  records: number,
  { results, maxRecords = MAX_RECORDS }: { readonly results?: Results; readonly maxRecords?: number } = {},
): Promise<ResultsCheck> {
  if (records > maxRecords) {
    const skipped = `${grouped(records)} records are in the streams, and checking more than ${grouped(maxRecords)} would take minutes`;
    return { skipped };
  }
  // DuckDB is a native library, so other commands do not load it.
  const [{ verifyStack }, { progressLines }] = await Promise.all([
    import('@ad-analytics/verify/verify-stack'),
    import('@ad-analytics/verify/progress-lines'),
  ]);
  // A demo usually ends with Ctrl-C, so the first one does not skip the check; a second one ends the process immediately.
  const ledger = await verifyStack(stack, new AbortController().signal, {
    onProgress: progressLines({ steps: false }),
    results,
  });
  return { ledger };
}

/** @returns a line per record type, or why the check was skipped; the complete ledger with examples if results differ */
export function renderCheck(check: ResultsCheck): string[] {
  if ('skipped' in check) {
    return [`  Not verified: ${check.skipped}. Run a shorter demo to verify it.`];
  }
  const { ledger } = check;
  const columns = ['expected', 'missing', 'extra', 'differing'] as const;
  const row = (name: string, cells: readonly string[]) =>
    `    ${name.padEnd(20)}${cells.map((cell) => cell.padStart(11)).join('')}`;
  return [
    '  Computed independently from the records that were sent (npm run verify):',
    row('record type', columns),
    ...ledger.types.map(
      (type) =>
        row(
          type.recordType,
          columns.map((column) => grouped(type[column])),
        ) + (typeAgrees(type) ? '' : '  <--'),
    ),
    ...(ledger.agrees
      ? ['  Every record is as computed.', ...ledger.notes.map((note) => `  Note: ${note}`)]
      : printLedger(ledger)),
  ];
}

/** The outcome of the check of the serving table. */
export interface TableCheck {
  /** The comparison of the table with the expected results. */
  readonly check: ResultsCheck;
  /** Number of results that the sink could not write (dead letters). */
  readonly deadLetters: number;
}

/** @returns whether the table contains exactly the expected results, as far as it was checked */
export function tableAgrees({ check, deadLetters }: TableCheck): boolean {
  return deadLetters === 0 && ('skipped' in check || check.ledger.agrees);
}

/** @returns one line if the table contains exactly the expected results; otherwise the differences, with examples */
export function renderTableCheck({ check, deadLetters }: TableCheck): string[] {
  const aside =
    deadLetters === 0 ? [] : [`  DOES NOT AGREE: ${grouped(deadLetters)} results are in the sink's dead-letter queue.`];
  if ('skipped' in check) return [`  The serving table was not compared: ${check.skipped}.`, ...aside];
  const { ledger } = check;
  if (!ledger.agrees) return ['  Comparison with the serving table:', ...printLedger(ledger), ...aside];
  return [
    `  The serving table holds exactly these ${grouped(ledger.resultsRead)} results: none missing, none extra, none differing.`,
    ...aside,
  ];
}

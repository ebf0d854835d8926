import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { grouped } from '@ad-analytics/command-line/progress';
import { type Ledger, typeAgrees } from '@ad-analytics/verify/ledger';
import { printLedger } from '@ad-analytics/verify/print-ledger';
import type { Results } from '@ad-analytics/verify/input';

/** Maximum number of records in all three streams. A check of more would take minutes. */
const MAX_RECORDS = 2_000_000;

/** The results compared with an independent computation, or why that was not done. */
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
  // DuckDB is a native library: the other commands need not load it.
  const [{ verifyStack }, { progressLines }] = await Promise.all([
    import('@ad-analytics/verify/verify-stack'),
    import('@ad-analytics/verify/progress-lines'),
  ]);
  // Ctrl-C is how a demo usually ends, so it is not a reason to skip this; a second one ends the process at once.
  const ledger = await verifyStack(stack, new AbortController().signal, progressLines({ steps: false }), results);
  return { ledger };
}

/** @returns a line a record type, or why they are missing; the whole ledger, with examples, where it does not agree */
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

/** What the serving table was found to be at the end. */
export interface TableCheck {
  /** The table compared with what the inputs lead to. */
  readonly check: ResultsCheck;
  /** Results that the sink could not write, and put aside. */
  readonly deadLetters: number;
}

/** @returns whether the table holds exactly what is expected, as far as that was looked at */
export function tableAgrees({ check, deadLetters }: TableCheck): boolean {
  return deadLetters === 0 && ('skipped' in check || check.ledger.agrees);
}

/** @returns a line when the table holds exactly the expected results; else what is wrong, with examples */
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

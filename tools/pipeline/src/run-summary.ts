import { grouped } from '@ad-analytics/command-line/progress';
import { type Ledger, renderLedger } from '@ad-analytics/result-records/ledger';
import type { TallySummary } from '@ad-analytics/result-records/result-tally';
import type { RecordedRun } from './run-recorded';

/** @returns the results by type, and the ledger, as lines of text */
function resultLines(results: TallySummary, ledger: Ledger): string[] {
  const types = Object.entries(results.byType).map(([type, count]) => `  ${type.padEnd(20)} ${grouped(count)}`);
  const again = results.repeated === 0 ? '' : `, ${grouped(results.repeated)} of them again with the same record_id`;
  return [`Results (${grouped(results.records)} records${again}):`, ...types, 'Ledger:', ...renderLedger(ledger)];
}

/** @returns the summary of a run over recorded traffic; `complete` if the run had no problem */
export function summarize(run: RecordedRun): { lines: string[]; complete: boolean } {
  const { put, results, ledger } = run;
  const lines = resultLines(results.tally, ledger);
  const warn = (title: string, count: number, problems: readonly string[]) => {
    if (count > 0) lines.push(`${grouped(count)} ${title}:`, ...problems.map((problem) => `  ${problem}`));
  };
  warn('records could not be sent to the streams', put.failed, put.problems);
  warn('result records do not fit the contract', results.invalid, results.problems);
  if (put.retried > 0) {
    lines.push(`${grouped(put.retried)} records were sent again after an error; their order may have changed.`);
  }
  return { lines, complete: ledger.problems.length === 0 && put.failed === 0 && results.invalid === 0 };
}

import type { ExpectedTotals } from '@ad-analytics/traffic-model';
import { grouped } from './progress-line';
import type { SendResult } from './send';

/** @returns the number of sent records, in one line */
export function sentText({ counts, elapsedMs, stopped, problem }: SendResult, target: string): string {
  const { impressions, clicks } = counts.sent;
  const seconds = elapsedMs / 1_000;
  const ended = problem ? 'Interrupted' : stopped ? 'Stopped' : 'Done';
  const rate = seconds > 0 ? ` (${grouped((impressions + clicks) / seconds)}/s)` : '';
  return (
    `${ended} after ${seconds.toFixed(1)} s: ${grouped(impressions)} impressions and ` +
    `${grouped(clicks)} clicks${rate} to ${target}; retried ${grouped(counts.retried)}, failed ${grouped(counts.failed)}.`
  );
}

/** @returns the expected counts of a pipeline that reads only these records, as a small table */
export function expectedText({ impressions, clicks, attributed, unattributed }: ExpectedTotals): string {
  const row = (name: string, totals: ExpectedTotals['clicks']) =>
    [totals.records, totals.rejected, totals.late, totals.duplicates, totals.accepted].reduce(
      (text, value) => text + grouped(value).padStart(12),
      name.padEnd(12),
    );
  return [
    'The traffic contains:',
    'records    rejected        late  duplicates    accepted'.padStart(72),
    row('impressions', impressions),
    row('clicks', clicks),
    `Accepted clicks: ${grouped(attributed)} attributed, ${grouped(unattributed)} unattributed.`,
  ].join('\n');
}

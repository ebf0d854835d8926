import { DIMENSIONS, SOURCES } from '@ad-analytics/event-schemas';
import { grouped } from '@ad-analytics/command-line/progress';
import type { BySource, TallySummary } from './result-tally';

/** The producer's counts of the input streams. */
export interface PutCounts {
  /** Records in each input stream. */
  readonly put: BySource;
  /** Records that could not be sent to a stream; the other counts do not include them. */
  readonly failed: number;
}

/** The job's own counts. */
export interface JobCounts {
  readonly duplicates: BySource;
  readonly late: BySource;
  readonly rejected: BySource;
}

/** The outcome of the events of one input stream. */
export interface LedgerLine {
  readonly read: number;
  readonly rejected: number;
  readonly late: number;
  readonly duplicates: number;
  /** Impressions: the sum over the windows. Clicks: attributed + unattributed. */
  readonly accepted: number;
}

/** The ledger of one run: equations that are true if no record was lost. */
export interface Ledger {
  readonly impression: LedgerLine;
  readonly click: LedgerLine;
  readonly attributed: number;
  readonly unattributed: number;
  /** Every equation that is not true, as text; empty if all are true. */
  readonly problems: readonly string[];
}

/**
 * Computes the ledger of a run that has ended with all windows closed.
 * @param producer records in the input streams, and records that could not be sent
 * @param job counts of the job
 * @param results records of the result stream, upserted by record_id
 */
export function drawUpLedger({ put, failed }: PutCounts, job: JobCounts, results: TallySummary): Ledger {
  const attributed = results.byType.attributed_click ?? 0;
  const unattributed = results.byType.unattributed_click ?? 0;
  const accepted: BySource = { impression: results.windows.campaign.impressions, click: attributed + unattributed };
  const problems: string[] = [];
  if (failed > 0)
    problems.push(`${grouped(failed)} ${failed === 1 ? 'record' : 'records'} could not be sent to the streams`);
  const line = (source: keyof BySource): LedgerLine => ({
    read: put[source],
    rejected: results.rejected[source],
    late: results.late[source],
    duplicates: job.duplicates[source],
    accepted: accepted[source],
  });
  const equal = (left: number, leftName: string, right: number, rightName: string) => {
    if (left !== right) problems.push(`${leftName} is ${grouped(left)}, ${rightName} is ${grouped(right)}`);
  };
  for (const source of SOURCES) {
    const { read, rejected, late, duplicates } = line(source);
    const sum = rejected + late + duplicates + accepted[source];
    equal(read, `${source}s read`, sum, 'rejected + late + duplicates + accepted');
    equal(rejected, `rejected_event records of ${source}s`, job.rejected[source], "the job's own count of them");
    equal(late, `late_event records of ${source}s`, job.late[source], "the job's own count of them");
  }
  for (const dimension of DIMENSIONS) {
    const { impressions, clicks } = results.windows[dimension];
    equal(
      impressions,
      `impressions over the windows by ${dimension}`,
      accepted.impression,
      'impressions over the windows by campaign',
    );
    equal(clicks, `clicks over the windows by ${dimension}`, accepted.click, 'attributed + unattributed');
  }
  return { impression: line('impression'), click: line('click'), attributed, unattributed, problems };
}

/** @returns the ledger as lines of text */
export function renderLedger(ledger: Ledger): string[] {
  const title = (source: keyof BySource) => `  ${`${source}s`.padEnd(12)}`;
  const lines = SOURCES.map((source) => {
    const { read, rejected, late, duplicates, accepted } = ledger[source];
    return (
      `${title(source)}${grouped(read)} read = ${grouped(rejected)} rejected + ${grouped(late)} late + ` +
      `${grouped(duplicates)} duplicates + ${grouped(accepted)} accepted`
    );
  });
  return [
    ...lines,
    `  ${' '.repeat(12)}${grouped(ledger.click.accepted)} accepted clicks = ${grouped(ledger.attributed)} attributed + ${grouped(ledger.unattributed)} unattributed`,
    ...(ledger.problems.length === 0
      ? ['  The books balance: nothing lost, nothing counted twice.']
      : ledger.problems.map((problem) => `  DOES NOT AGREE: ${problem}`)),
  ];
}

import { DIMENSIONS, SOURCES } from '@ad-analytics/event-schemas';
import { grouped } from '@ad-analytics/command-line/progress';
import type { BySource, TallySummary } from './result-tally';

/** What the producer has brought into the input streams. */
export interface PutCounts {
  /** Records in each input stream. */
  readonly put: BySource;
  /** Records that no stream took: they are in none of the other counts. */
  readonly failed: number;
}

/** What the job itself says it has counted. */
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

/** The books of one run: what "nothing lost" means, as an equation. */
export interface Ledger {
  readonly impression: LedgerLine;
  readonly click: LedgerLine;
  readonly attributed: number;
  readonly unattributed: number;
  /** Every equation that does not hold, in words; empty when all do. */
  readonly problems: readonly string[];
}

/**
 * Draws up the books of a run that has ended with every window closed.
 * @param producer what is in the input streams, and what never got there
 * @param job what the job has counted
 * @param results what is on the result stream, upserted by record_id
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
    equal(impressions, `impressions over the windows by ${dimension}`, accepted.impression, 'the same by campaign');
    equal(clicks, `clicks over the windows by ${dimension}`, accepted.click, 'attributed + unattributed');
  }
  return { impression: line('impression'), click: line('click'), attributed, unattributed, problems };
}

/** @returns the books as lines to show */
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

import { recordLines } from '@ad-analytics/recorded-traffic';
import { type ExpectedTotals, GroundTruth, type Label } from '@ad-analytics/traffic-model';
import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { grouped } from '@ad-analytics/command-line/progress';
import type { Ledger } from '@ad-analytics/result-records/ledger';

/**
 * @param labels file of the generator's labels
 * @param settings of the job
 * @returns the expected counts of the records that were sent
 */
export async function readTruth(
  labels: string,
  settings: Pick<PipelineSettings, 'attribution' | 'eventTime'>,
): Promise<ExpectedTotals> {
  const truth = new GroundTruth({
    attributionWindowSeconds: settings.attribution.windowSeconds,
    maxOutOfOrdernessSeconds: settings.eventTime.maxOutOfOrdernessSeconds,
  });
  for await (const line of recordLines(labels)) {
    const label = JSON.parse(line.toString('utf8')) as Label;
    truth.add({ stream: label.event_kind === 'click' ? 'clicks' : 'impressions', label });
  }
  return truth.totals();
}

/** @returns every figure of the ledger that differs from the expected counts, as text */
export function differencesFromTruth(ledger: Ledger, truth: ExpectedTotals): string[] {
  const figures: [name: string, found: number, put: number][] = [];
  for (const [name, line, expected] of [
    ['impressions', ledger.impression, truth.impressions],
    ['clicks', ledger.click, truth.clicks],
  ] as const) {
    figures.push([`${name} read`, line.read, expected.records]);
    for (const kind of ['rejected', 'late', 'duplicates', 'accepted'] as const) {
      figures.push([`${name} ${kind}`, line[kind], expected[kind]]);
    }
  }
  figures.push(['clicks attributed', ledger.attributed, truth.attributed]);
  return figures
    .filter(([, found, put]) => found !== put)
    .map(([name, found, put]) => `${name}: ${grouped(found)} came out, ${grouped(put)} were put in`);
}

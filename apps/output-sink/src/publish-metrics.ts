import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { MetricUnit, type Metrics } from '@aws-lambda-powertools/metrics';
import type { BatchReport } from './process-batch';

/** Milliseconds from the newest and from the oldest result's event time to now; undefined without results. */
function ages({ results }: BatchReport, nowMs: number): { newest: number; oldest: number } | undefined {
  let [newest, oldest] = [Infinity, -Infinity];
  for (const { record } of results) {
    // A late event is always old, so it does not show how far the pipeline is behind.
    if (record.record_type === 'late_event') continue;
    const age = nowMs - Date.parse(record.event_time);
    newest = Math.min(newest, age);
    oldest = Math.max(oldest, age);
  }
  // A producer's clock may be slightly ahead of ours.
  return newest === Infinity ? undefined : { newest: Math.max(0, newest), oldest: Math.max(0, oldest) };
}

/**
 * Prints the outcome of a batch in the embedded metric format, from which CloudWatch creates metrics.
 * - `Records` by `record_type`: valid results of the batch, including repeats
 * - `Upserts`: items written; `Duplicates`: results that were already in the batch, or in the table if the service
 *   reports that. A batch write does not, so repeats in another batch count as upserts
 * - `StaleVersions`: not written because the table has a newer version; `Retries`: items sent again
 * - `DeadLetters`: records that can never become a result; `Failures`: records of the stream that must be delivered
 *   again
 * - `FreshnessNewest`, `FreshnessOldest`: age of the batch's newest and oldest result
 * @param metrics destination
 * @param report of the batch
 * @param nowMs milliseconds since the epoch
 */
export function publishMetrics(metrics: Metrics, report: BatchReport, nowMs: number): void {
  const counts = {
    Upserts: report.upserts,
    Duplicates: report.repeats + report.overwritten,
    StaleVersions: report.stale,
    Retries: report.retried,
    DeadLetters: report.poison.length,
    Failures: report.failedAt.size,
  };
  for (const [name, count] of Object.entries(counts)) metrics.addMetric(name, MetricUnit.Count, count);
  const age = ages(report, nowMs);
  if (age !== undefined) {
    metrics.addMetric('FreshnessNewest', MetricUnit.Milliseconds, age.newest);
    metrics.addMetric('FreshnessOldest', MetricUnit.Milliseconds, age.oldest);
  }
  metrics.publishStoredMetrics();

  for (const type of RECORD_TYPES) {
    const count = report.results.filter(({ record }) => record.record_type === type).length;
    if (count > 0)
      metrics.singleMetric().addDimension('record_type', type).addMetric('Records', MetricUnit.Count, count);
  }
}

import type { Environment } from '../../environments/environment';
import type { StreamRole } from '../event-streams';
import { ALARM_PERIOD_SECONDS, LASTING, SINGLE, type AlarmSpec } from './alarm-spec';
import { jobMetric, streamMetric, type Metric } from './metric';

/**
 * The service takes 4 snapshots of each metric per minute (Managed Service for Apache Flink Developer Guide, "Metrics and dimensions in
 * Managed Service for Apache Flink", numRecordsIn).
 */
const SNAPSHOTS_PER_PERIOD = (4 * ALARM_PERIOD_SECONDS) / 60;

/** A part of an expression, and its metrics. */
interface Increase {
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly expression: string;
}

/**
 * The increase of a counter in a period, over all subtasks.
 *
 * CloudWatch has one sample per snapshot or, at some metrics levels, one per snapshot and subtask; the average times the samples per
 * snapshot is the total in both cases. The difference is computed from the average, because a missing sample would change the sum by far
 * more than the increase. A start of the job resets its counters to 0: the difference is then negative and does not cause an alarm.
 * @param application name
 * @param counter of the job
 */
function increase(application: string, counter: string): Increase {
  return {
    metrics: {
      [counter]: jobMetric(application, counter, 'Average'),
      [`${counter}Samples`]: jobMetric(application, counter, 'SampleCount'),
    },
    expression: `DIFF(${counter}) * ${counter}Samples / ${SNAPSHOTS_PER_PERIOD}`,
  };
}

/** @returns an alarm that fires as soon as the counter grows in any subtask, because then the average grows */
function any(name: string, application: string, counter: string, description: string): AlarmSpec {
  return {
    name,
    description,
    metrics: { counter: jobMetric(application, counter, 'Average') },
    // The 0 before a start makes the counts of the job's first period visible.
    expression: 'DIFF(FILL(counter, 0))',
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    periods: SINGLE,
    missing: 'notBreaching',
  };
}

/**
 * Alarms on counters that only the job has. Late and rejected events are also results: for these see `qualityAlarms`.
 *
 * The metrics are those of the group `kinesisanalytics`. They have the dimension Application at every metrics level, and Task and Operator
 * besides at the finer ones (same guide, "Use custom metrics with Amazon Managed Service for Apache Flink", and "Set CloudWatch metrics
 * reporting levels": an application reports its level and all higher ones). These alarms need Application only.
 * @param environment with the thresholds
 * @param application name
 * @param names of the streams
 * @param maxFutureSeconds the job's setting: events further ahead are rejected, and not in the clock skew
 * @throws {Error} when the threshold of the clock skew can never be exceeded
 */
export function counterAlarms(
  { name, alarms }: Environment,
  application: string,
  names: Readonly<Record<StreamRole, string>>,
  maxFutureSeconds: number,
): AlarmSpec[] {
  const { clockSkewSeconds, duplicateSharePercent, retriedSharePercent } = alarms;
  if (clockSkewSeconds >= maxFutureSeconds) {
    throw new Error(
      `environment ${name}, alarms.clockSkewSeconds: ${clockSkewSeconds} must be less than max.future.seconds (${maxFutureSeconds}): events further ahead are rejected, so the alarm would never fire`,
    );
  }
  const impressions = increase(application, 'duplicateImpressions');
  const clicks = increase(application, 'duplicateClicks');
  const retried = increase(application, 'retriedResults');
  return [
    any(
      'results-undeliverable',
      application,
      'undeliverableResults',
      'The job dropped a result that is too large for Kinesis.',
    ),
    any(
      'shards-expired',
      application,
      'expiredShards',
      'Records of a shard expired before the job read them: they are lost.',
    ),
    {
      name: 'results-retried',
      description: `More than ${retriedSharePercent} % of the results that the job sends are rejected and sent again.`,
      metrics: { ...retried.metrics, results: streamMetric(names.results, 'IncomingRecords', 'Sum') },
      expression: `100 * (${retried.expression}) / (${retried.expression} + FILL(results, 0))`,
      comparison: 'GreaterThanThreshold',
      threshold: retriedSharePercent,
      periods: LASTING,
      missing: 'notBreaching',
    },
    {
      name: 'clock-skew',
      description: `A producer's clock is more than ${clockSkewSeconds} s ahead.`,
      metrics: { skew: jobMetric(application, 'clockSkewMillis', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: clockSkewSeconds * 1_000,
      periods: LASTING,
      missing: 'notBreaching',
    },
    {
      name: 'duplicate-share',
      description: `More than ${duplicateSharePercent} % of the incoming events are duplicates.`,
      metrics: {
        ...impressions.metrics,
        ...clicks.metrics,
        impressions: streamMetric(names.impressions, 'IncomingRecords', 'Sum'),
        clicks: streamMetric(names.clicks, 'IncomingRecords', 'Sum'),
      },
      expression: `100 * (${impressions.expression} + ${clicks.expression}) / (FILL(impressions, 0) + FILL(clicks, 0))`,
      comparison: 'GreaterThanThreshold',
      threshold: duplicateSharePercent,
      periods: LASTING,
      missing: 'notBreaching',
    },
  ];
}

import type { Environment } from '../../environments/environment';
import { METRICS_NAMESPACE, METRICS_SERVICE } from '../output-sink';
import type { StreamRole } from '../event-streams';
import { LASTING, type AlarmSpec } from './alarm-spec';
import { streamMetric, type Metric } from './metric';

/**
 * @param type record type
 * @returns the results of that type that the sink received, from its own metrics
 */
export function resultMetric(type: string): Metric {
  const dimensions = { service: METRICS_SERVICE, record_type: type };
  return { namespace: METRICS_NAMESPACE, name: 'Records', dimensions, stat: 'Sum' };
}

/**
 * Alarms on the share of incoming events that were set aside. The incoming events are counted as records of the streams. A producer that
 * aggregates (KPL) puts several events into one record; the share is then overestimated.
 * @param environment with the thresholds
 * @param names of the streams
 */
export function qualityAlarms({ alarms }: Environment, names: Readonly<Record<StreamRole, string>>): AlarmSpec[] {
  const share = (name: string, type: string, percent: number, what: string): AlarmSpec => ({
    name,
    description: `More than ${percent} % of the incoming ${what}.`,
    metrics: {
      aside: resultMetric(type),
      impressions: streamMetric(names.impressions, 'IncomingRecords', 'Sum'),
      clicks: streamMetric(names.clicks, 'IncomingRecords', 'Sum'),
    },
    expression: '100 * FILL(aside, 0) / (FILL(impressions, 0) + FILL(clicks, 0))',
    comparison: 'GreaterThanThreshold',
    threshold: percent,
    periods: LASTING,
    missing: 'notBreaching',
  });
  return [
    share('late-share', 'late_event', alarms.lateSharePercent, 'events are late, so they are not part of any window'),
    share('rejected-share', 'rejected_event', alarms.rejectedSharePercent, 'records are not valid events'),
  ];
}

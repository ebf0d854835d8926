import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { STREAMS, type StreamRole } from '../event-streams';
import { METRICS_NAMESPACE, METRICS_SERVICE } from '../output-sink';
import { functionMetric, jobMetric, queueMetric, streamMetric, tableMetric, type Metric } from './metric';
import type { GreenNames } from './green-alarms';
import { resultMetric } from './quality-alarms';
import type { SinkNames } from './sink-alarms';

/** Period of a point in a graph, in seconds. */
export const GRAPH_PERIOD_SECONDS = 60;

/** Names of the resources in the graphs. */
export interface GraphNames {
  readonly streams: Readonly<Record<StreamRole, string>>;
  readonly application: string;
  /** The second version of the job, if there is one. */
  readonly green?: GreenNames | undefined;
  readonly sink: SinkNames;
}

/** Metrics by the label of their line. */
export type Graph = readonly [title: string, metrics: Readonly<Record<string, Metric>>];

/** @returns the graphs in the order of the data flow: incoming events, the job, records set aside, stored results */
export function graphs({ streams, application, green, sink }: GraphNames): Graph[] {
  const byStream = (name: string, stat: string) =>
    Object.fromEntries([
      ...STREAMS.map((role) => [role, streamMetric(streams[role], name, stat)] as const),
      ...(green === undefined ? [] : [['results of green', streamMetric(green.streams.results, name, stat)] as const]),
    ]);
  /** A line for each version of the job. */
  const ofJobs = (label: string, name: string, stat: string) => ({
    [label]: jobMetric(application, name, stat),
    ...(green === undefined ? {} : { [`${label} of green`]: jobMetric(green.application, name, stat) }),
  });
  const sinkMetric = (name: string, stat: string): Metric => ({
    namespace: METRICS_NAMESPACE,
    name,
    dimensions: { service: METRICS_SERVICE },
    stat,
  });
  const byType = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, resultMetric(type)]));
  const aside = ['late_event', 'rejected_event', 'unattributed_click', 'fraud_alert'];
  return [
    ['Records into the streams, a minute', byStream('IncomingRecords', 'Sum')],
    ['Lag of the readers, ms', byStream('GetRecords.IteratorAgeMilliseconds', 'Maximum')],
    [
      'Flink: checkpoints and restarts since the start',
      {
        ...ofJobs('failed', 'numberOfFailedCheckpoints', 'Maximum'),
        ...ofJobs('restarts', 'fullRestarts', 'Maximum'),
      },
    ],
    [
      'Flink: CPU and heap, %',
      {
        ...ofJobs('cpu', 'cpuUtilization', 'Maximum'),
        ...ofJobs('heap', 'heapMemoryUtilization', 'Maximum'),
      },
    ],
    ['Flink: last checkpoint, ms', ofJobs('duration', 'lastCheckpointDuration', 'Maximum')],
    ['Flink: KPUs', ofJobs('kpus', 'KPUs', 'Average')],
    ['Results, a minute', byType(RECORD_TYPES.filter((type) => !aside.includes(type)))],
    ['Set aside and found, a minute', byType(aside)],
    [
      'Age of results when they are written, ms',
      { newest: sinkMetric('FreshnessNewest', 'p50'), oldest: sinkMetric('FreshnessOldest', 'Maximum') },
    ],
    [
      'Sink: written, repeated, failed',
      {
        upserts: sinkMetric('Upserts', 'Sum'),
        retries: sinkMetric('Retries', 'Sum'),
        failures: sinkMetric('Failures', 'Sum'),
        errors: functionMetric(sink.functionName, 'Errors', 'Sum'),
        throttles: functionMetric(sink.functionName, 'Throttles', 'Sum'),
      },
    ],
    [
      'In the queues',
      {
        'dead letters': queueMetric(sink.deadLetters, 'ApproximateNumberOfMessagesVisible', 'Maximum'),
        'given up': queueMetric(sink.onFailure, 'ApproximateNumberOfMessagesVisible', 'Maximum'),
      },
    ],
    [
      'Throttled writes of the table',
      Object.fromEntries(
        [undefined, ...sink.indexes].map((index) => [
          index ?? 'table',
          tableMetric(sink.table, index, 'WriteThrottleEvents', 'Sum'),
        ]),
      ),
    ],
  ];
}

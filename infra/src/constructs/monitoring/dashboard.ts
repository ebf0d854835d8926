import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { Environment } from '../../environments/environment';
import { resourceName } from '../../naming';
import { STREAMS, type StreamRole } from '../event-streams';
import { METRICS_NAMESPACE, METRICS_SERVICE } from '../output-sink';
import { functionMetric, jobMetric, queueMetric, streamMetric, tableMetric, type Metric } from './metric';
import { resultMetric } from './quality-alarms';
import type { SinkNames } from './sink-alarms';

const COLUMNS = 24;
const HALF = COLUMNS / 2;
const HEIGHT = 6;
const PERIOD_SECONDS = 60;

export interface DashboardProps {
  readonly environment: Environment;
  readonly streams: Readonly<Record<StreamRole, string>>;
  readonly application: string;
  readonly sink: SinkNames;
  readonly alarmArns: readonly string[];
}

type Graph = readonly [title: string, metrics: Readonly<Record<string, Metric>>];

/** @returns the graphs in reading order: what comes in, what is computed, what is set aside, what is stored */
function graphs({ streams, application, sink }: DashboardProps): Graph[] {
  const byStream = (name: string, stat: string) =>
    Object.fromEntries(STREAMS.map((role) => [role, streamMetric(streams[role], name, stat)]));
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
    ['How far readers are behind, ms', byStream('GetRecords.IteratorAgeMilliseconds', 'Maximum')],
    [
      'Flink: checkpoints and restarts since the start',
      {
        failed: jobMetric(application, 'numberOfFailedCheckpoints', 'Maximum'),
        restarts: jobMetric(application, 'fullRestarts', 'Maximum'),
      },
    ],
    [
      'Flink: CPU and heap, %',
      {
        cpu: jobMetric(application, 'cpuUtilization', 'Maximum'),
        heap: jobMetric(application, 'heapMemoryUtilization', 'Maximum'),
      },
    ],
    ['Flink: last checkpoint, ms', { duration: jobMetric(application, 'lastCheckpointDuration', 'Maximum') }],
    ['Flink: KPUs', { kpus: jobMetric(application, 'KPUs', 'Average') }],
    ['Results, a minute', byType(RECORD_TYPES.filter((type) => !aside.includes(type)))],
    ['Set aside and found, a minute', byType(aside)],
    [
      'Age of results when they are written, ms',
      { newest: sinkMetric('FreshnessNewest', 'p50'), oldest: sinkMetric('FreshnessOldest', 'Maximum') },
    ],
    [
      'Sink: written, again, failed',
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

/** The page that shows at a glance whether the pipeline is well, and where it is not. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { environment, alarmArns } = props;
    const alarms = {
      type: 'alarm',
      x: 0,
      y: 0,
      width: COLUMNS,
      height: 4,
      properties: { title: 'Alarms', alarms: alarmArns },
    };
    const widgets = graphs(props).map(([title, metrics], at) => ({
      type: 'metric',
      x: (at % 2) * HALF,
      y: 4 + Math.floor(at / 2) * HEIGHT,
      width: HALF,
      height: HEIGHT,
      properties: {
        title,
        region: environment.region,
        period: PERIOD_SECONDS,
        metrics: Object.entries(metrics).map(([label, { namespace, name, dimensions, stat }]) => [
          namespace,
          name,
          ...Object.entries(dimensions).flat(),
          { label, stat },
        ]),
      },
    }));
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: resourceName(environment, 'pipeline'),
      dashboardBody: JSON.stringify({ widgets: [alarms, ...widgets] }),
    });
  }
}

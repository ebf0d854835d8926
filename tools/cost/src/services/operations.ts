import type { Assumptions } from '../assumptions';
import { type CostLine, GB, SECONDS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';
import type { Workload } from '../workload';
import { shardsFor, streams } from './kinesis';
import { sinkInvocations } from './sink';

const CLOUDWATCH = 'CloudWatch';
const KMS = 'KMS';
const DAYS_OF_MONTH = 730 / 24;
/** Interval of requests for a data key, in seconds: Kinesis and DynamoDB use a key for about five minutes. */
const KEY_SECONDS = 300;

/** @returns lines of logs, metrics, alarms, dashboards and keys */
export function operationsLines(load: Workload, deployment: Deployment, assumptions: Assumptions): CostLine[] {
  const { alarmMetrics, dashboards, logRetentionDays } = deployment.observed;
  const sinkLogGb = (sinkInvocations(load, deployment, assumptions) * assumptions.sinkLogBytes * SECONDS) / GB;
  const logsGb = sinkLogGb + assumptions.flinkLogGb;
  const uses = streams(load, deployment);
  // For each shard: one writer (a producer or the service), and each reader.
  const keyUsers = uses.reduce((sum, use) => sum + shardsFor(use, assumptions) * (1 + use.readers.length), 0);
  return [
    costLine({
      service: CLOUDWATCH,
      item: 'logs of sink and job',
      price: 'cloudwatchLogs',
      quantity: logsGb,
      arithmetic: `sink ${figure(sinkLogGb)} GB + job ${figure(assumptions.flinkLogGb)} GB`,
    }),
    costLine({
      service: CLOUDWATCH,
      item: `logs kept ${logRetentionDays} days`,
      price: 'cloudwatchLogStorage',
      quantity: (logsGb * logRetentionDays) / DAYS_OF_MONTH,
      arithmetic: `${figure(logsGb)} GB × ${logRetentionDays} d of ${figure(DAYS_OF_MONTH)} d`,
    }),
    ...(deployment.sink === undefined
      ? []
      : [
          costLine({
            service: CLOUDWATCH,
            item: 'metrics of the sink',
            price: 'cloudwatchMetric' as const,
            quantity: assumptions.customMetrics,
            arithmetic: `${assumptions.customMetrics} metrics`,
          }),
        ]),
    costLine({
      service: CLOUDWATCH,
      item: 'alarms',
      price: 'cloudwatchAlarm',
      quantity: alarmMetrics,
      arithmetic: `${alarmMetrics} metrics looked at`,
    }),
    costLine({
      service: CLOUDWATCH,
      item: 'dashboards',
      price: 'cloudwatchDashboard',
      quantity: dashboards,
      arithmetic: `${dashboards}`,
    }),
    costLine({
      service: KMS,
      item: 'keys',
      price: 'kmsKey',
      quantity: deployment.keys,
      arithmetic: `${deployment.keys}`,
    }),
    costLine({
      service: KMS,
      item: 'data keys of the streams',
      price: 'kmsRequest',
      quantity: (keyUsers * SECONDS) / KEY_SECONDS,
      arithmetic: `${figure(keyUsers)} writers and readers of shards, each once in ${KEY_SECONDS} s`,
    }),
  ];
}

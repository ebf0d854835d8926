import { RESULT_DEFINITIONS } from '@ad-analytics/event-schemas';
import type { Assumptions } from './assumptions';
import { figure } from './figures';
import type { Deployment } from './deployment';
import { kpusFor } from './services/flink';
import { writeUnitsPerSecond } from './services/dynamodb';
import { shardsFor, streams } from './services/kinesis';
import { sinkConcurrency } from './services/sink';
import type { Workload } from './workload';

/** A limit, and how near the load is to it. */
export interface Limit {
  readonly name: string;
  /** The needs of the peak, and the amount that is available without a change. */
  readonly needed: number;
  readonly available: number;
  readonly unit: string;
  /** What to do when the limit is reached. */
  readonly beyond: string;
  /** Source of `available`. */
  readonly source: string;
}

const PARTITION_WRITES = 1000;
const ACCOUNT_CONCURRENCY = 1000;
const TABLE_WRITES = 40_000;
/** Number of partitions for the scores of a window. */
const ENGAGEMENT_SHARDS = RESULT_DEFINITIONS.user_engagement.serving.writeShards;

/**
 * @param load average load
 * @param deployment settings of the environment
 * @param assumptions of the peak
 * @returns limits, the nearest first
 */
export function limits(load: Workload, deployment: Deployment, assumptions: Assumptions): Limit[] {
  const { peakFactor } = assumptions;
  const uses = streams(load, deployment);
  const ofStreams = uses.map(({ role, ...use }): Limit => {
    const shards = shardsFor({ role, ...use }, assumptions);
    const given = deployment.streams.shards?.[role];
    return {
      name: `shards of ${role}`,
      needed: shards,
      available: given ?? 200,
      unit: 'shards',
      beyond:
        given === undefined
          ? 'on demand scales up to 200 MB/s or 200,000 records/s of input; for more, ask AWS'
          : 'reshard (runbook), and change the environment',
      source: given === undefined ? 'Kinesis Data Streams Developer Guide, quotas' : 'the environment',
    };
  });
  const scores = load.results.user_engagement;
  const byTime = scores.perSecond * scores.writeUnits.byTime * peakFactor;
  return [
    ...ofStreams,
    {
      name: 'KPUs of the application',
      needed: kpusFor(load, deployment, assumptions) + 1,
      available: 64,
      unit: 'KPU',
      beyond: 'ask AWS to raise the quota; then a single user or address limits: one subtask has its windows',
      source: 'Managed Service for Apache Flink Developer Guide, quotas',
    },
    {
      name: 'concurrent invocations of the sink',
      needed: Math.ceil(sinkConcurrency(load, deployment, assumptions) * peakFactor),
      available: deployment.sink?.reservedConcurrency ?? ACCOUNT_CONCURRENCY,
      unit: 'invocations',
      beyond: 'raise sink.reservedConcurrency, then the quota of the account',
      source:
        deployment.sink?.reservedConcurrency === undefined
          ? 'Lambda Developer Guide, quotas'
          : 'sink.reservedConcurrency',
    },
    {
      name: 'writes of the table',
      needed: writeUnitsPerSecond(load) * peakFactor,
      available: deployment.table?.maxWriteUnits ?? TABLE_WRITES,
      unit: 'WRU/s',
      beyond: 'raise table.maxWriteUnitsPerSecond; ask AWS to raise the quotas of table and indexes',
      source:
        deployment.table?.maxWriteUnits === undefined
          ? 'DynamoDB Developer Guide, quotas (on demand, a table)'
          : 'table.maxWriteUnitsPerSecond',
    },
    {
      name: 'scores of a window in the index by time',
      needed: byTime,
      available: ENGAGEMENT_SHARDS * PARTITION_WRITES,
      unit: 'WRU/s',
      beyond: `raise writeShards of user_engagement (now ${ENGAGEMENT_SHARDS}); at the peak of ${figure(load.eventsPerSecond)}/s, the scores of a window take ${figure((60 * byTime) / (ENGAGEMENT_SHARDS * PARTITION_WRITES))} s of 60 s`,
      source: 'DynamoDB Developer Guide, partition key design',
    },
  ].sort((a, b) => b.needed / b.available - a.needed / a.available);
}

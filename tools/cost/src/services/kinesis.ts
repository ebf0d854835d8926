import type { Assumptions } from '../assumptions';
import { type CostLine, HOURS, KB_IN_GB, SECONDS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';
import { type RecordFlow, type Workload, allResults } from '../workload';

const SERVICE = 'Kinesis Data Streams';
const DAY_HOURS = 24;
const WEEK_HOURS = 168;
/** Input limits of a shard: one megabyte or a thousand records per second. */
const SHARD_BYTES = 1024 ** 2;
const SHARD_RECORDS = 1000;
/** Output limit of a shard for all shared readers together: two megabytes per second. */
const SHARD_BYTES_OUT = 2 * SHARD_BYTES;

export type StreamRole = 'impressions' | 'clicks' | 'results';

/** The billed properties of a stream. */
export interface StreamUse {
  readonly role: StreamRole;
  readonly flow: RecordFlow;
  /** Consumers that share its throughput. */
  readonly readers: readonly string[];
}

/**
 * @param load of the pipeline
 * @param deployment with the readers
 * @returns the three streams
 */
export function streams(load: Workload, deployment: Deployment): StreamUse[] {
  const archived = (role: StreamRole) =>
    deployment.archive
      .filter(({ reads }) => reads === role)
      .map(({ iceberg }) => (iceberg ? 'Firehose (Iceberg)' : 'Firehose'));
  const jobs = deployment.sideBySide ? ['Flink', 'Flink (green)'] : ['Flink'];
  return [
    { role: 'impressions', flow: load.impressions, readers: [...jobs, ...archived('impressions')] },
    { role: 'clicks', flow: load.clicks, readers: [...jobs, ...archived('clicks')] },
    {
      role: 'results',
      flow: allResults(load),
      readers: [
        ...(deployment.sink === undefined ? [] : ['Lambda']),
        ...archived('results'),
        ...(deployment.redshift === undefined ? [] : ['Redshift']),
      ],
    },
  ];
}

/**
 * @param stream with its average load
 * @param assumptions of the peak, and the utilisation of a shard
 * @returns number of shards for the peak, in and out
 */
export function shardsFor({ flow, readers }: StreamUse, { peakFactor, utilization }: Assumptions): number {
  const [records, bytes] = [flow.perSecond * peakFactor, flow.perSecond * flow.bytes * peakFactor];
  const full = Math.max(records / SHARD_RECORDS, bytes / SHARD_BYTES, (bytes * readers.length) / SHARD_BYTES_OUT);
  return Math.max(1, Math.ceil(full / utilization));
}

/** @returns lines of a stream on demand */
export function onDemand(stream: StreamUse, retentionHours: number): CostLine[] {
  const { role, flow, readers } = stream;
  const rate = `${figure(flow.perSecond)} records/s × ${figure(flow.kilobytes)} KB × ${figure(SECONDS)} s`;
  const gigabytes = (flow.perSecond * flow.kilobytes * SECONDS) / KB_IN_GB;
  const extended = Math.max(0, Math.min(retentionHours, WEEK_HOURS) - DAY_HOURS);
  const long = Math.max(0, retentionHours - WEEK_HOURS);
  const stored = (hours: number) => ({
    quantity: (gigabytes * hours) / HOURS,
    arithmetic: `${figure(gigabytes)} GB in × ${hours} h of ${HOURS} h`,
  });
  return [
    costLine({
      service: SERVICE,
      item: role,
      price: 'kinesisStreamHour',
      quantity: HOURS,
      arithmetic: `1 stream × ${HOURS} h`,
    }),
    costLine({ service: SERVICE, item: role, price: 'kinesisDataIn', quantity: gigabytes, arithmetic: rate }),
    costLine({
      service: SERVICE,
      item: `${role} to ${readers.join(', ') || 'no reader'}`,
      price: 'kinesisDataOut',
      quantity: gigabytes * readers.length,
      arithmetic: `${figure(gigabytes)} GB × ${readers.length} readers`,
    }),
    ...(extended > 0
      ? [costLine({ service: SERVICE, item: role, price: 'kinesisOnDemandRetention', ...stored(extended) })]
      : []),
    ...(long > 0 ? [costLine({ service: SERVICE, item: role, price: 'kinesisLongRetention', ...stored(long) })] : []),
  ];
}

/** @returns lines of a stream with provisioned shards */
export function provisioned(stream: StreamUse, retentionHours: number, shards: number): CostLine[] {
  const { role, flow } = stream;
  const units = flow.perSecond * flow.putUnits * SECONDS;
  const gigabytes = (flow.perSecond * flow.bytes * SECONDS) / (KB_IN_GB * 1024);
  const shardHours = { quantity: shards * HOURS, arithmetic: `${shards} shards × ${HOURS} h` };
  const long = Math.max(0, retentionHours - WEEK_HOURS);
  return [
    costLine({ service: SERVICE, item: role, price: 'kinesisShardHour', ...shardHours }),
    costLine({
      service: SERVICE,
      item: role,
      price: 'kinesisPutUnit',
      quantity: units,
      arithmetic: `${figure(flow.perSecond)} records/s × ${figure(flow.putUnits)} units × ${figure(SECONDS)} s`,
    }),
    ...(retentionHours > DAY_HOURS
      ? [costLine({ service: SERVICE, item: role, price: 'kinesisShardRetention', ...shardHours })]
      : []),
    ...(long > 0
      ? [
          costLine({
            service: SERVICE,
            item: role,
            price: 'kinesisLongRetention',
            quantity: (gigabytes * long) / HOURS,
            arithmetic: `${figure(gigabytes)} GB in × ${long} h of ${HOURS} h`,
          }),
        ]
      : []),
  ];
}

/** @returns lines of all streams, in the mode of the environment. Provisioned shards are those of the environment, or enough for the load */
export function kinesisLines(load: Workload, deployment: Deployment, assumptions: Assumptions): CostLine[] {
  return streams(load, deployment).flatMap((stream) => streamLines(stream, deployment.streams, assumptions));
}

/** @returns lines of one stream, see kinesisLines */
export function streamLines(
  stream: StreamUse,
  { mode, retentionHours, shards }: Deployment['streams'],
  assumptions: Assumptions,
): CostLine[] {
  if (mode === 'ON_DEMAND') return onDemand(stream, retentionHours);
  return provisioned(stream, retentionHours, Math.max(shards?.[stream.role] ?? 1, shardsFor(stream, assumptions)));
}

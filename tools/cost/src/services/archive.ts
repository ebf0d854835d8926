import type { Assumptions } from '../assumptions';
import { type CostLine, GB, KB_IN_GB, SECONDS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { Workload } from '../workload';
import { streams } from './kinesis';

const FIREHOSE = 'Data Firehose';
const S3 = 'S3 (archive)';

/** @returns objects per second of a delivery stream: for each partition, one per full buffer or buffer interval */
function objectsPerSecond(bytesPerSecond: number, delivery: Deployment['archive'][number]): number {
  const partitions = delivery.dynamicPartitioning ? RECORD_TYPES.length : 1;
  return Math.max(bytesPerSecond / (delivery.bufferMb * 1024 ** 2), partitions / delivery.bufferSeconds);
}

/** @returns lines of the delivery streams and their storage; none without an archive */
export function archiveLines(load: Workload, deployment: Deployment, assumptions: Assumptions): CostLine[] {
  const uses = streams(load, deployment);
  const lines: CostLine[] = [];
  let archivedGb = 0;
  let objects = 0;
  for (const delivery of deployment.archive) {
    const flow = uses.find(({ role }) => role === delivery.reads)?.flow;
    if (flow === undefined) continue;
    const ingestedGb = (flow.perSecond * flow.fiveKilobytes * 5 * SECONDS) / KB_IN_GB;
    const realGb = (flow.perSecond * flow.bytes * SECONDS) / GB;
    const written = objectsPerSecond(flow.perSecond * flow.bytes, delivery) * SECONDS;
    const deliveredGb = realGb * (delivery.parquet || delivery.iceberg ? assumptions.parquetRatio : 1);
    archivedGb += deliveredGb;
    objects += written;
    if (delivery.iceberg) {
      lines.push(
        costLine({
          service: FIREHOSE,
          item: `${delivery.reads} to Iceberg`,
          price: 'firehoseIceberg',
          quantity: realGb,
          arithmetic: `${figure(flow.perSecond)} records/s × ${figure(flow.bytes)} B × ${figure(SECONDS)} s`,
        }),
      );
      continue;
    }
    lines.push(
      costLine({
        service: FIREHOSE,
        item: delivery.reads,
        price: 'firehoseIngested',
        quantity: ingestedGb,
        arithmetic: `${figure(flow.perSecond)} records/s × ${figure(flow.fiveKilobytes * 5)} KB × ${figure(SECONDS)} s (really ${figure(realGb)} GB)`,
      }),
    );
    if (delivery.parquet)
      lines.push(
        costLine({
          service: FIREHOSE,
          item: `${delivery.reads} to Parquet`,
          price: 'firehoseConversion',
          quantity: ingestedGb,
          arithmetic: 'the GB ingested',
        }),
      );
    if (delivery.dynamicPartitioning)
      lines.push(
        costLine({
          service: FIREHOSE,
          item: `${delivery.reads} by partition`,
          price: 'firehosePartitioning',
          quantity: realGb,
          arithmetic: `${figure(flow.perSecond)} records/s × ${figure(flow.bytes)} B × ${figure(SECONDS)} s`,
        }),
        costLine({
          service: FIREHOSE,
          item: `${delivery.reads}, objects`,
          price: 'firehosePartitionObject',
          quantity: written,
          arithmetic: `${RECORD_TYPES.length} partitions, one object each ${delivery.bufferSeconds} s or ${delivery.bufferMb} MB`,
        }),
      );
  }
  if (lines.length === 0) return [];
  return [
    ...lines,
    costLine({
      service: S3,
      item: 'objects written',
      price: 's3Put',
      quantity: objects,
      arithmetic: 'one for each buffer of a delivery stream',
    }),
    costLine({
      service: S3,
      item: `what ${assumptions.archiveMonths} months have filled`,
      price: 's3Storage',
      quantity: archivedGb * assumptions.archiveMonths,
      arithmetic: `${figure(archivedGb)} GB a month × ${assumptions.archiveMonths}`,
    }),
  ];
}

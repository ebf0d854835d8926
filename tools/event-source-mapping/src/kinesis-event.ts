import type { KinesisStreamEvent } from 'aws-lambda';
import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';

/** Source of an event's records, and the role of the function. */
export interface EventSource {
  readonly shardId: string;
  readonly streamArn: string;
  readonly region: string;
  /** ARN of the function's role. */
  readonly roleArn: string;
}

/** Limit of the event's JSON in a synchronous invocation: 6 MB (Lambda quotas). */
export const MAX_EVENT_BYTES = 6 * 1024 * 1024;
/** Bytes of the field names and fixed-length values of a record in JSON, with a reserve for the ARNs of this project. */
const RECORD_OVERHEAD_BYTES = 700;

/** @returns upper bound of the record's bytes in an event; a key has at most 256 characters with at most 6 bytes each in JSON */
export function recordBytes(record: ShardRecord): number {
  return RECORD_OVERHEAD_BYTES + record.partitionKey.length * 6 + Math.ceil(record.data.length / 3) * 4;
}

/**
 * @param records of one shard, in order
 * @param source see EventSource
 * @returns the event that Lambda passes to a function (Developer Guide, "Using Lambda to process records from Kinesis": example event)
 */
export function kinesisEvent(records: readonly ShardRecord[], source: EventSource): KinesisStreamEvent {
  return {
    Records: records.map((record) => ({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: record.partitionKey,
        sequenceNumber: record.sequenceNumber,
        data: Buffer.from(record.data.buffer, record.data.byteOffset, record.data.byteLength).toString('base64'),
        approximateArrivalTimestamp: record.arrivalTime / 1_000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${source.shardId}:${record.sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: source.roleArn,
      awsRegion: source.region,
      eventSourceARN: source.streamArn,
    })),
  };
}

import type { KinesisRecord } from './kinesis-event';

/** The position of a record. */
export interface Position {
  readonly stream: string;
  readonly shard: string;
  readonly sequenceNumber: string;
  /** Index within an aggregated record, from 0; absent for a plain one. */
  readonly part?: number;
}

/** A record that a producer put, alone or within an aggregated one. */
export interface StreamRecord {
  readonly position: Position;
  readonly partitionKey: string;
  /** Arrival in the stream, milliseconds since the epoch. */
  readonly arrivedAtMs: number;
  readonly data: Buffer;
}

/**
 * @param record of a validated event
 * @returns its position. The ARN of a consumer with enhanced fan-out continues after
 *   the stream's name
 */
export function positionOf(record: KinesisRecord): Position {
  const [shard = ''] = record.eventID.split(':', 1);
  const [, stream = ''] = /:stream\/([^/]+)/.exec(record.eventSourceARN) ?? [];
  return { stream, shard, sequenceNumber: record.kinesis.sequenceNumber };
}

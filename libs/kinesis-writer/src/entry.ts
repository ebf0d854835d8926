import type { UserRecord } from './types';

/** A record as the writer keeps it from `put` until it is sent or given up. */
export interface BufferedRecord<R extends UserRecord> {
  /** The caller's own object, for the failure report. */
  readonly record: R;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  /** Payload and key, in bytes. */
  readonly bytes: number;
  /** Counts the flushes requested before it was put. */
  readonly epoch: number;
}

/** One entry of a PutRecords request: a record as it is, or several in one aggregated record. */
export interface Entry<R extends UserRecord> {
  readonly partitionKey: string;
  /** Overrides the hash of the partition key; only on aggregated entries. */
  readonly explicitHashKey: string | undefined;
  readonly data: Uint8Array;
  /** Payload and key, in bytes: what counts against the request limit. */
  readonly bytes: number;
  /** Entries with the same key are sent one after the other; undefined: in any order. */
  readonly orderKey: string | undefined;
  /** Shard an aggregated entry must land in for its keys to stay together. */
  readonly expectedShard: string | undefined;
  /** What it carries. */
  readonly records: readonly BufferedRecord<R>[];
  /** When its oldest record was put, milliseconds of the writer's clock. */
  readonly since: number;
  /** How often it was sent. */
  attempts: number;
  /** A request with it ended without an answer. */
  maybeDelivered: boolean;
}

import type { UserRecord } from './types';

/** A record in the writer, from `put` until it is sent or given up. */
export interface BufferedRecord<R extends UserRecord> {
  /** The caller's own object, for the failure report. */
  readonly record: R;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  /** Payload and key, in bytes. */
  readonly bytes: number;
  /** Number of flushes requested before it was put. */
  readonly epoch: number;
}

/** One entry of a PutRecords request: a single record, or several in one aggregated record. */
export interface Entry<R extends UserRecord> {
  readonly partitionKey: string;
  /** Overrides the hash of the partition key; only on aggregated entries. */
  readonly explicitHashKey: string | undefined;
  readonly data: Uint8Array;
  /** Payload and key, in bytes, which count against the request limit. */
  readonly bytes: number;
  /** Entries with the same key are sent one after the other; undefined: in any order. */
  readonly orderKey: string | undefined;
  /** The shard in which an aggregated entry must arrive so that its keys stay together. */
  readonly expectedShard: string | undefined;
  /** The records of the entry. */
  readonly records: readonly BufferedRecord<R>[];
  /** Time at which its oldest record was put, in milliseconds of the writer's clock. */
  readonly since: number;
  /** Number of times it was sent. */
  attempts: number;
  /** Whether a request with it ended without a response. */
  maybeDelivered: boolean;
}

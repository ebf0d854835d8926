/** What a caller puts into a stream. */
export interface UserRecord {
  /** Decides the shard. Any text: what Kinesis does not take as a key is replaced by a hash of it (see `partitionKeyOf`). */
  readonly partitionKey: string;
  /** Payload; a string is sent as UTF-8. */
  readonly data: Uint8Array | string;
}

/** Why a record was given up. */
export interface DeliveryFailure {
  /** Error code of the service or of the network, or `RecordTooLarge`, `Aborted`. */
  readonly code: string;
  readonly message: string;
  /** How often it was sent, 0 when it never left. */
  readonly attempts: number;
  /** True where sending it again later cannot help: no such stream, no permission, a record that breaks a limit. */
  readonly permanent: boolean;
  /**
   * True where a request that carried it ended without an answer, so the record may be in the stream all the same.
   */
  readonly maybeDelivered: boolean;
}

/**
 * Called once for each record that is given up; the record is the very object that was put. When it throws, the
 * writer's `put`, `flush`, `close` and `abort` reject from then on, with an UnreportedFailureError.
 */
export type FailureHandler<R extends UserRecord = UserRecord> = (record: R, failure: DeliveryFailure) => void;

/** Called once for each record that the stream has acknowledged; the record is the very object that was put. It must not throw. */
export type DeliveryHandler<R extends UserRecord = UserRecord> = (record: R) => void;

/** Counts since the writer was made. `put = sent + failed + buffered` holds at any time. */
export interface WriterStats {
  /** Records handed to `put`. */
  readonly put: number;
  /** Records the stream has acknowledged. */
  readonly sent: number;
  /** Records given up and reported. */
  readonly failed: number;
  /** Records put, neither sent nor failed yet. */
  readonly buffered: number;
  /** Entries sent a second time or more. With aggregation, an entry holds many records. */
  readonly retried: number;
  /** Entries the stream refused because a shard was over its rate. */
  readonly throttled: number;
  /** Entries the stream has acknowledged. Without aggregation the same as `sent`. */
  readonly kinesisRecords: number;
  /** PutRecords requests made. */
  readonly requests: number;
  /** Requests that failed as a whole. */
  readonly failedRequests: number;
  /** Bytes acknowledged, partition keys and aggregation framing included. */
  readonly bytes: number;
  /** Present limit in entries per second, null while the stream has not throttled. */
  readonly rateLimit: number | null;
  /** Aggregated entries that landed in another shard than expected: the stream was being resized. Delivered all the same. */
  readonly misrouted: number;
  /** Failed attempts to read the shards again after that. */
  readonly shardMapErrors: number;
}

/** A record of the caller. */
export interface UserRecord {
  /**
   * Determines the shard. It can be any text: a key that Kinesis does not accept is replaced by its hash (see
   * `partitionKeyOf`).
   */
  readonly partitionKey: string;
  /** Payload; a string is sent as UTF-8. */
  readonly data: Uint8Array | string;
}

/** Why a record was given up. */
export interface DeliveryFailure {
  /** Error code of the service or of the network, or `RecordTooLarge`, `Aborted`. */
  readonly code: string;
  readonly message: string;
  /** Number of times it was sent; 0 if never. */
  readonly attempts: number;
  /** True if a later retry cannot help: missing stream, missing permission, a record that exceeds a limit. */
  readonly permanent: boolean;
  /**
   * True if a request with it ended without a response, so the record may still be in the stream.
   */
  readonly maybeDelivered: boolean;
}

/**
 * Called once for each record that is given up; the record is the same object that was put. If it throws, the writer's
 * `put`, `flush`, `close` and `abort` reject from then on, with an UnreportedFailureError.
 */
export type FailureHandler<R extends UserRecord = UserRecord> = (record: R, failure: DeliveryFailure) => void;

/**
 * Called once for each record that the stream has acknowledged; the record is the same object that was put. It must not
 * throw.
 */
export type DeliveryHandler<R extends UserRecord = UserRecord> = (record: R) => void;

/** Counts since the writer was created. `put = sent + failed + buffered` holds at any time. */
export interface WriterStats {
  /** Records handed to `put`. */
  readonly put: number;
  /** Records the stream has acknowledged. */
  readonly sent: number;
  /** Records given up and reported. */
  readonly failed: number;
  /** Records that were put, and are neither sent nor failed yet. */
  readonly buffered: number;
  /** Number of retries of entries. With aggregation, an entry contains many records. */
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
  /** Current limit in entries per second, null while the stream has not throttled. */
  readonly rateLimit: number | null;
  /**
   * Aggregated entries that arrived in an unexpected shard because the stream was being resized. They are delivered.
   */
  readonly misrouted: number;
  /** Failed attempts to read the shards again afterwards. */
  readonly shardMapErrors: number;
}

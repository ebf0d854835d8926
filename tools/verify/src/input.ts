/** One input record, as the check reads it. */
export interface SourceRecord {
  /** Name of its shard. Records of one shard come in the shard's order. */
  readonly shard: string;
  /** Its sequence number, with ":n" for the n-th part of an aggregated record; undefined when read from a file. */
  readonly sequence: string | undefined;
  /** When the stream took it, milliseconds since the epoch; undefined when read from a file. */
  readonly arrivalTime: number | undefined;
  readonly data: Uint8Array;
}

/** Everything that went into one input stream. */
export interface Input {
  /** Whether the records have sequence numbers and arrival times, so that ids made of them can be compared. */
  readonly hasPositions: boolean;
  records(): AsyncIterable<SourceRecord>;
}

/** Everything that came out: records of the result stream, in the order of delivery. */
export interface Results {
  records(): AsyncIterable<Uint8Array>;
}

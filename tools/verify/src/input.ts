/** One input record of the check. */
export interface SourceRecord {
  /** Name of its shard. Records of one shard are in the shard's order. */
  readonly shard: string;
  /** Its sequence number, with ":n" for the n-th part of an aggregated record; undefined when read from a file. */
  readonly sequence: string | undefined;
  /** Arrival time, milliseconds since the epoch; undefined when read from a file. */
  readonly arrivalTime: number | undefined;
  readonly data: Uint8Array;
}

/** All records of one input stream. */
export interface Input {
  /** Whether the records have sequence numbers and arrival times, so that ids with them can be compared. */
  readonly hasPositions: boolean;
  records(): AsyncIterable<SourceRecord>;
}

/** All records of the result stream, in the order of delivery. */
export interface Results {
  records(): AsyncIterable<Uint8Array>;
}

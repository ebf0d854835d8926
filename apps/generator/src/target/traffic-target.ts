import type { TrafficStream } from '@ad-analytics/traffic-model';

/** The two input streams. */
export const STREAMS: readonly TrafficStream[] = ['impressions', 'clicks'];

/** A record to send. */
export interface OutgoingRecord {
  readonly stream: TrafficStream;
  readonly partitionKey: string;
  readonly data: Uint8Array | string;
  /** When to send it, milliseconds since the start. */
  readonly arrivalMs: number;
  /** Its index in the recording of its stream, from 0; undefined without a recording. */
  readonly index?: number;
}

/** Counts of the records so far: handed over = sent + failed + waiting. */
export interface TargetCounts {
  readonly sent: Readonly<Record<TrafficStream, number>>;
  readonly failed: number;
  readonly waiting: number;
  /** Number of retries of records. */
  readonly retried: number;
}

/** The target of the traffic. */
export interface TrafficTarget {
  /** A description for the user, for example "the streams A and B at http://127.0.0.1:4566". */
  readonly description: string;
  /** Aborted, with an error as its reason, when the target cannot accept records. */
  readonly broken: AbortSignal;
  /** Accepts a record; resolves when there is space for the next one. */
  put(record: OutgoingRecord): Promise<void>;
  /** Delivers waiting records; undeliverable ones are kept or reported. */
  close(): Promise<void>;
  /** Stops waiting: records that are not delivered yet count as failed. */
  abort(): void;
  counts(): TargetCounts;
}

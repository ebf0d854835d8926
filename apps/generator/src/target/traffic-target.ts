import type { TrafficStream } from '@ad-analytics/traffic-model';

/** The two input streams. */
export const STREAMS: readonly TrafficStream[] = ['impressions', 'clicks'];

/** A record on its way out. */
export interface OutgoingRecord {
  readonly stream: TrafficStream;
  readonly partitionKey: string;
  readonly data: Uint8Array | string;
  /** When to send it, milliseconds since the start. */
  readonly arrivalMs: number;
  /** Its place in the recording of its stream, from 0; undefined where none exists. */
  readonly index?: number;
}

/** What became of the records so far: handed over = sent + failed + waiting. */
export interface TargetCounts {
  readonly sent: Readonly<Record<TrafficStream, number>>;
  readonly failed: number;
  readonly waiting: number;
  /** Times that a record was sent again. */
  readonly retried: number;
}

/** Where the traffic goes. */
export interface TrafficTarget {
  /** For the user, for example "the streams A and B at http://127.0.0.1:4566". */
  readonly description: string;
  /** Aborted, with an error as its reason, when it can take no more. */
  readonly broken: AbortSignal;
  /** Takes a record; resolves when it has room for the next. */
  put(record: OutgoingRecord): Promise<void>;
  /** Delivers what is waiting; what cannot be delivered is kept or reported. */
  close(): Promise<void>;
  /** Stops waiting: records that are not delivered yet count as failed. */
  abort(): void;
  counts(): TargetCounts;
}

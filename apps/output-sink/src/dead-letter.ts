import { MAX_RAW_BYTES } from '@ad-analytics/event-schemas';
import type { StreamRecord } from './stream-record';

/** A record that can never become a result. */
export interface Poison {
  readonly from: StreamRecord;
  /** The reason; it names the field. */
  readonly reason: string;
}

/** Longest reason, in UTF-16 units. With the raw data it keeps a letter below 100 KB, and ten of them below a message's limit. */
const MAX_REASON_LENGTH = 2_000;

/** Maximum distance of a Date from the epoch, in milliseconds. Source: ECMAScript, "Time Values and Time Range". */
const MAX_TIME_MS = 8.64e15;

/** Accepts any number: a letter that cannot be written would block its shard. */
const isoTime = (ms: number): string => new Date(Math.max(-MAX_TIME_MS, Math.min(MAX_TIME_MS, ms))).toISOString();

/**
 * @param poison the record
 * @param failedAtMs when it was given up, milliseconds since the epoch
 * @returns the letter as JSON: reason, position (`part` only within an aggregated record), the record's first 64 KiB in base64
 *   and its whole length. If the record is longer, the position allows to read it while the stream retains it
 */
export function deadLetter({ from, reason }: Poison, failedAtMs: number): string {
  const { stream, shard, sequenceNumber, part } = from.position;
  return JSON.stringify({
    reason: reason.slice(0, MAX_REASON_LENGTH),
    stream,
    shard,
    sequence_number: sequenceNumber,
    ...(part === undefined ? {} : { part }),
    partition_key: from.partitionKey,
    arrived_at: isoTime(from.arrivedAtMs),
    failed_at: isoTime(failedAtMs),
    raw: from.data.subarray(0, MAX_RAW_BYTES).toString('base64'),
    raw_length: from.data.length,
  });
}

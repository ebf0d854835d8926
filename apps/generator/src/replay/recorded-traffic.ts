import {
  type InputRecord,
  inputRecord,
  isBlank,
  mergeByTime,
  recordLines,
  withArrivalTimes,
} from '@ad-analytics/recorded-traffic';
import type { TrafficStream } from '@ad-analytics/traffic-model';
import { EXIT_USAGE, GeneratorError } from '../errors';
import type { OutgoingRecord } from '../target/traffic-target';
import { shiftEventTime } from './shift-event-time';

/** Recorded traffic: a JSONL file of each kind, plain or gzip. */
export type RecordedFiles = Readonly<Record<TrafficStream, string>>;

/** Arrival of the first and the last event of a recording, in epoch milliseconds. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** A shift of event times. */
export interface Shift {
  /** Milliseconds to add to every event time. */
  readonly byMs: number;
  /** Time at which sending starts, in epoch milliseconds. */
  readonly start: number;
}

/** A recorded record to send. */
export interface ReplayedRecord extends OutgoingRecord {
  readonly index: number;
  /** Whether its shifted time would have been after its send time, so that it got the send time. */
  readonly heldBack: boolean;
}

async function* recordsOf(file: string): AsyncGenerator<InputRecord> {
  let lines = 0;
  try {
    for await (const line of recordLines(file)) {
      lines += 1;
      if (!isBlank(line)) yield inputRecord(line);
    }
  } catch (error) {
    throw new GeneratorError(`${file} cannot be read after line ${lines}: ${(error as Error).message}`, EXIT_USAGE);
  }
}

function arrived(files: RecordedFiles) {
  const merged = mergeByTime<TrafficStream>({
    impressions: recordsOf(files.impressions),
    clicks: recordsOf(files.clicks),
  });
  return withArrivalTimes(merged);
}

/**
 * @param files to read
 * @param stop ends the reading
 * @returns the time span of the recording, without late and absurd times; undefined if no record has a time
 */
export async function recordedSpan(files: RecordedFiles, stop: AbortSignal): Promise<Span | undefined> {
  let first: number | undefined;
  let last: number | undefined;
  for await (const { arrival } of arrived(files)) {
    if (stop.aborted) break;
    first ??= arrival;
    last = arrival;
  }
  return first === undefined || last === undefined ? undefined : { first, last };
}

/**
 * @param span of the recording
 * @param speed factor, Infinity for as fast as possible
 * @param now epoch milliseconds
 * @returns the shift after which no event is ahead of its send time and the newest is not behind. At speed 1, the first
 *   event happens now; at a higher speed, the last one happens when it is sent
 */
export function shiftToNow({ first, last }: Span, speed: number, now: number): Shift {
  return { byMs: Math.floor(now - first - Math.max(0, (last - first) * (1 - 1 / speed))), start: now };
}

/**
 * @param files to read
 * @param speed factor, Infinity for as fast as possible
 * @param options `shift` of the event times; without it, bytes are unchanged. `isDone`: records to skip, by stream and
 *   index
 * @returns the records of both files in the order of their event times, with their recorded pauses; a record
 *   without a time, or a late one, directly follows its predecessor
 */
export async function* recordedTraffic(
  files: RecordedFiles,
  speed: number,
  { shift, isDone }: { shift?: Shift | undefined; isDone?: (stream: TrafficStream, index: number) => boolean } = {},
): AsyncGenerator<ReplayedRecord> {
  let first: number | undefined;
  const next = { impressions: 0, clicks: 0 };
  for await (const { stream, record, arrival } of arrived(files)) {
    const index = next[stream];
    next[stream] += 1;
    if (isDone?.(stream, index)) continue;
    first ??= arrival;
    const arrivalMs = arrival === undefined || first === undefined ? 0 : (arrival - first) / speed;
    const { line, heldBack } =
      shift === undefined
        ? { line: record.data, heldBack: false }
        : shiftEventTime(record.data, shift.byMs, shift.start + arrivalMs);
    yield { stream, partitionKey: record.partitionKey, data: line, arrivalMs, heldBack, index };
  }
}

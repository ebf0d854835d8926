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

/** When a recording's first and last event arrived, epoch milliseconds. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** How event times are moved. */
export interface Shift {
  /** Milliseconds to add to every event time. */
  readonly byMs: number;
  /** When the sending starts, epoch milliseconds. */
  readonly start: number;
}

/** A recorded record on its way out. */
export interface ReplayedRecord extends OutgoingRecord {
  readonly index: number;
  /** Whether its moved time would have been ahead of its sending, so that the time of the sending was written. */
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
 * @returns the time in which the recording arrived, late and absurd times left aside; undefined when no record has a time
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
 * @returns the move after which no event is ahead of its sending and the newest is not behind: at speed 1 the first event
 *   happens now; faster, the last one happens when it is sent
 */
export function shiftToNow({ first, last }: Span, speed: number, now: number): Shift {
  return { byMs: Math.floor(now - first - Math.max(0, (last - first) * (1 - 1 / speed))), start: now };
}

/**
 * @param files to read
 * @param speed factor, Infinity for as fast as possible
 * @param options `shift` of the event times; without it bytes as they are. `isDone`: records that are left out, by stream and place
 * @returns the records of both files in the order of their event times, each after the pause that it had; what has no
 *   time, or comes late, goes right after its predecessor
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

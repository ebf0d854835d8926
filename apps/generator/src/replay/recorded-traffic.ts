import { inputRecord, type InputRecord, mergeByTime, recordLines } from '@ad-analytics/recorded-traffic';
import type { TrafficStream } from '@ad-analytics/traffic-model';
import { EXIT_USAGE, GeneratorError } from '../errors';
import type { OutgoingRecord } from '../target/traffic-target';
import { shiftEventTime } from './shift-event-time';

/** Recorded traffic: a JSONL file of each kind, plain or gzip. */
export type RecordedFiles = Readonly<Record<TrafficStream, string>>;

/** First and last event time of a recording, epoch milliseconds. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

async function* recordsOf(file: string): AsyncGenerator<InputRecord> {
  let lines = 0;
  try {
    for await (const line of recordLines(file)) {
      lines += 1;
      // An empty line is no record: Kinesis would not take it.
      if (line.length > 0) yield inputRecord(line);
    }
  } catch (error) {
    throw new GeneratorError(`${file} cannot be read after line ${lines}: ${(error as Error).message}`, EXIT_USAGE);
  }
}

function merged(files: RecordedFiles) {
  return mergeByTime<TrafficStream>({
    impressions: recordsOf(files.impressions),
    clicks: recordsOf(files.clicks),
  });
}

/** @returns the time that the recording covers; undefined when no record has a time @param stop ends the reading */
export async function recordedSpan(files: RecordedFiles, stop: AbortSignal): Promise<Span | undefined> {
  let first = Infinity;
  let last = -Infinity;
  for await (const { record } of merged(files)) {
    if (stop.aborted) break;
    if (record.eventTime === undefined) continue;
    const time = Date.parse(record.eventTime);
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return first <= last ? { first, last } : undefined;
}

/**
 * @param span of the recording
 * @param speed factor, Infinity for as fast as possible
 * @param now epoch milliseconds
 * @returns milliseconds to add to every event time, so that none is ahead of its sending and the newest is not behind:
 *   at speed 1 the first event happens now; faster, the last one happens when it is sent
 */
export function shiftToNow({ first, last }: Span, speed: number, now: number): number {
  return Math.round(now - first - Math.max(0, (last - first) * (1 - 1 / speed)));
}

/**
 * @param files to read
 * @param speed factor, Infinity for as fast as possible
 * @param shiftMs added to every event time, 0 for bytes as they are
 * @returns the records of both files in the order of their event times, each after the pause that it had; what has no
 *   time, or comes late, goes right after its predecessor
 */
export async function* recordedTraffic(
  files: RecordedFiles,
  speed: number,
  shiftMs: number,
): AsyncGenerator<OutgoingRecord> {
  let first: number | undefined;
  let arrivalMs = 0;
  for await (const { stream, record } of merged(files)) {
    if (record.eventTime !== undefined) {
      const time = Date.parse(record.eventTime);
      first ??= time;
      arrivalMs = Math.max(arrivalMs, (time - first) / speed);
    }
    const data = shiftMs === 0 ? record.data : shiftEventTime(record.data, shiftMs);
    yield { stream, partitionKey: record.partitionKey, data, arrivalMs };
  }
}

import Denque from 'denque';
import type { RoutedRecord } from './merge-by-time';

/** Number of following records that are considered, like for stray times. */
const LOOK_AHEAD = 32;
/** A pause up to this length is always accepted. */
const LONG_PAUSE_MS = 24 * 3_600_000;
/** A longer pause is accepted up to this multiple of the time span of the records around it. */
const PAUSE_TO_SPAN = 4;

/** A record with its reconstructed arrival time. */
export interface ArrivedRecord<Stream extends string> extends RoutedRecord<Stream> {
  /** Epoch milliseconds, never decreasing; undefined before the first record with a usable time. */
  readonly arrival: number | undefined;
}

interface Waiting<Stream extends string> {
  readonly routed: RoutedRecord<Stream>;
  /** Event time, epoch milliseconds; NaN if it is not usable. */
  readonly time: number;
}

/**
 * @returns whether the time of the first record is far too early compared with the following ones: a zero date, or a long-delayed record
 * */
function tooEarly(time: number, following: readonly number[]): boolean {
  if (following.length === 0) return false;
  const sorted = following.toSorted((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] as number;
  const span = (sorted.at(-1) as number) - middle;
  return middle - time > Math.max(LONG_PAUSE_MS, PAUSE_TO_SPAN * span);
}

/** @returns whether enough following records confirm a long pause before a record, or such pauses are usual in this recording */
function confirmed(time: number, pause: number, covered: number, following: readonly number[]): boolean {
  const after = following.filter((other) => other >= time - LONG_PAUSE_MS);
  if (after.length * 2 >= LOOK_AHEAD) return true;
  return pause <= PAUSE_TO_SPAN * Math.max(covered, Math.max(time, ...after) - time);
}

/**
 * Reconstructs the arrival time of each record of a recording: its event time, or that of its predecessor if it is late or has no usable
 * time. A few records with implausible times, anywhere in the recording, do not affect the others.
 * @param records in order of arrival, without stray times
 * @returns the same records in the same order
 */
export async function* withArrivalTimes<Stream extends string>(
  records: AsyncIterable<RoutedRecord<Stream>>,
): AsyncGenerator<ArrivedRecord<Stream>> {
  const ahead = new Denque<Waiting<Stream>>();
  let first: number | undefined;
  let arrival: number | undefined;
  const followingTimes = () =>
    ahead
      .toArray()
      .map(({ time }) => time)
      .filter((time) => !Number.isNaN(time));
  const next = (): ArrivedRecord<Stream> => {
    const { routed, time } = ahead.shift() as Waiting<Stream>;
    if (first === undefined || arrival === undefined) {
      if (!Number.isNaN(time) && !tooEarly(time, followingTimes())) first = arrival = time;
    } else if (time > arrival) {
      const pause = time - arrival;
      if (pause <= LONG_PAUSE_MS || confirmed(time, pause, arrival - first, followingTimes())) arrival = time;
    }
    return { ...routed, arrival };
  };
  for await (const routed of records) {
    ahead.push({ routed, time: Date.parse(routed.record.eventTime ?? '') });
    if (ahead.length > LOOK_AHEAD) yield next();
  }
  while (ahead.length > 0) yield next();
}

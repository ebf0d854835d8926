import Denque from 'denque';
import type { RoutedRecord } from './merge-by-time';

/** Records looked ahead, as for stray times. */
const LOOK_AHEAD = 32;
/** A pause up to this length is always believed. */
const LONG_PAUSE_MS = 24 * 3_600_000;
/** A longer pause is believed up to this many times the time that the records around it cover. */
const PAUSE_TO_SPAN = 4;

/** A record with the time at which it arrived, as far as a recording tells. */
export interface ArrivedRecord<Stream extends string> extends RoutedRecord<Stream> {
  /** Epoch milliseconds, never less than before; undefined before the first record whose time can be used. */
  readonly arrival: number | undefined;
}

interface Waiting<Stream extends string> {
  readonly routed: RoutedRecord<Stream>;
  /** Event time, epoch milliseconds; NaN when it cannot be used. */
  readonly time: number;
}

/** @returns whether the times after a first record say that its own is far too early: a zero date, a long delayed record */
function tooEarly(time: number, following: readonly number[]): boolean {
  if (following.length === 0) return false;
  const sorted = following.toSorted((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] as number;
  const span = (sorted.at(-1) as number) - middle;
  return middle - time > Math.max(LONG_PAUSE_MS, PAUSE_TO_SPAN * span);
}

/** @returns whether a long pause before a record is confirmed by enough records after it, or usual in this recording */
function confirmed(time: number, pause: number, covered: number, following: readonly number[]): boolean {
  const after = following.filter((other) => other >= time - LONG_PAUSE_MS);
  if (after.length * 2 >= LOOK_AHEAD) return true;
  return pause <= PAUSE_TO_SPAN * Math.max(covered, Math.max(time, ...after) - time);
}

/**
 * Reconstructs when each record of a recording arrived: at its event time, or right after its predecessor when it came late or
 * has no time that can be used. A few records with absurd times, at the start, at the end or between, do not move the others.
 * @param records in order of arrival, stray times taken away
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

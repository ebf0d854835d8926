import { spreadOf } from '../spread';

/** A value at a moment. */
export interface Timed {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

/** How a resource changed from the first to the last quarter of a span. */
export interface Growth {
  readonly first: number;
  readonly last: number;
  readonly grew: boolean;
}

const PARTS = 4;
/** Growth by less than this share is noise. */
const NOISE = 0.1;

/**
 * Compares the first quarter of a span with the last one.
 * @param values in any order
 * @param span milliseconds since the epoch, `to` exclusive
 * @param options `statistic` of a quarter: `least` for a value that falls only at a garbage collection or a compaction; `allowance`: growth by at
 *   most this much is noise as well
 * @returns undefined if one of the two quarters has no value
 */
export function growthOf(
  values: readonly Timed[],
  { from, to }: { readonly from: number; readonly to: number },
  { statistic, allowance }: { readonly statistic: 'median' | 'least'; readonly allowance: number },
): Growth | undefined {
  const quarter = (to - from) / PARTS;
  const within = (start: number, end: number) =>
    values.filter(({ at }) => at >= start && at < end).map(({ value }) => value);
  const [begin, finish] = [within(from, from + quarter), within(to - quarter, to)];
  if (begin.length === 0 || finish.length === 0) return undefined;
  const [first, last] = [spreadOf(begin)[statistic], spreadOf(finish)[statistic]];
  return { first, last, grew: last > first * (1 + NOISE) + allowance };
}

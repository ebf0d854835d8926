import { spreadOf } from '../spread';

/** A value at a moment. */
export interface Timed {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

/** Milliseconds since the epoch, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How a resource changed from the first to the last quarter of a span. */
export interface Growth {
  readonly first: number;
  readonly last: number;
  readonly grew: boolean;
}

const QUARTERS = 4;
/** Growth by less than this share is noise. */
const NOISE = 0.1;

/** @returns first or last quarter of a span */
export function quarterOf({ from, to }: Span, which: 'first' | 'last'): Span {
  const quarter = (to - from) / QUARTERS;
  return which === 'first' ? { from, to: from + quarter } : { from: to - quarter, to };
}

/**
 * Compares the first quarter of a span with the last one.
 * @param values in any order
 * @param options `statistic` of a quarter: `least` for a value that falls only at a garbage collection or a compaction; `allowance`: growth by at
 *   most this much is noise as well
 * @returns undefined if one of the two quarters has no value
 */
export function growthOf(
  values: readonly Timed[],
  span: Span,
  { statistic, allowance }: { readonly statistic: 'median' | 'least'; readonly allowance: number },
): Growth | undefined {
  const valuesOf = (which: 'first' | 'last') => {
    const { from, to } = quarterOf(span, which);
    return values.filter(({ at }) => at >= from && at < to).map(({ value }) => value);
  };
  const [inFirst, inLast] = [valuesOf('first'), valuesOf('last')];
  if (inFirst.length === 0 || inLast.length === 0) return undefined;
  const [first, last] = [spreadOf(inFirst)[statistic], spreadOf(inLast)[statistic]];
  return { first, last, grew: last > first * (1 + NOISE) + allowance };
}

import type { TimeRange } from '../results/results-reader';

/** Timing of a series. */
export interface SeriesTiming {
  /** Size of a bucket, which is read as a whole, in milliseconds. */
  readonly bucketMs: number;
  /** Earliest time of a result after the start of its bucket, in milliseconds. */
  readonly lagMs: number;
  /** How long results are kept in memory, in milliseconds. */
  readonly retainMs: number;
  /** How much earlier a result arrives when the job is drained, which closes all windows early; default: 0. */
  readonly aheadMs?: number;
}

/**
 * Number of older buckets per read: many until all were read once, then few, for very late results. More while the
 * table is empty, because the sink may be far behind.
 */
const SWEEP_FIRST = 15;
const SWEEP_AGAIN = 1;
const SWEEP_NOTHING = 6;
/** Results younger than this may still be on their way through the sink, in milliseconds. */
const RECENT_MS = 20_000;
/** How far a read continues after the newest result when the sink is behind, in milliseconds. */
const AHEAD_MS = 120_000;

/**
 * Chooses the buckets of a series to read next. The table supports queries only by event time, but results arrive in
 * any order. So the buckets around the newest result and the current time are read every time, and older ones in
 * rotation.
 */
export class ReadPlan {
  private sweepTo: number | undefined;
  private sweptOnce = false;
  private lastNewest: number | undefined;

  /** @param timing of the series */
  constructor(private readonly timing: SeriesTiming) {}

  /** True once every bucket within the limit was read. */
  get caughtUp(): boolean {
    return this.sweptOnce;
  }

  /**
   * @param now milliseconds since the epoch
   * @param newest start of the newest bucket with a result; undefined if none exists
   * @returns ranges to read, aligned to buckets, without overlap; `recent`: those where new results are expected
   */
  next(now: number, newest: number | undefined): { recent: TimeRange[]; older: TimeRange[] } {
    const { bucketMs, lagMs, retainMs, aheadMs = 0 } = this.timing;
    this.noticeJump(newest);
    const floor = (time: number) => Math.floor(time / bucketMs) * bucketMs;
    const ceil = (time: number) => Math.ceil(time / bucketMs) * bucketMs;
    const back = Math.max(RECENT_MS, 2 * bucketMs);
    const expected = { from: floor(now - lagMs - back), to: ceil(now - lagMs + aheadMs) + bucketMs };
    const oldest = floor(Math.min(now - lagMs, newest ?? Infinity) - retainMs);
    const following =
      newest === undefined
        ? expected
        : {
            from: floor(newest - Math.max(RECENT_MS, 2 * bucketMs)),
            to: Math.min(floor(newest + Math.max(AHEAD_MS, 2 * bucketMs)), expected.to),
          };
    const recent = following.to <= following.from ? [expected] : union(following, expected);
    const sweepEnd = Math.min(this.sweepTo ?? Infinity, recent[0]?.from ?? expected.from);
    const from = Math.max(oldest, sweepEnd - bucketMs * this.sweepBuckets(newest));
    if (from <= oldest) {
      this.sweptOnce = true;
      this.sweepTo = undefined;
    } else this.sweepTo = from;
    return { recent, older: from < sweepEnd ? [{ from, to: sweepEnd }] : [] };
  }

  /**
   * If the newest result is far ahead of the last one, many results may have arrived in between, such as a backlog:
   * everything is read again.
   */
  private noticeJump(newest: number | undefined): void {
    if (
      newest !== undefined &&
      newest - (this.lastNewest ?? -Infinity) > Math.max(AHEAD_MS, 2 * this.timing.bucketMs)
    ) {
      this.sweptOnce = false;
      this.sweepTo = undefined;
    }
    this.lastNewest = newest;
  }

  private sweepBuckets(newest: number | undefined): number {
    if (!this.sweptOnce) return SWEEP_FIRST;
    return newest === undefined ? SWEEP_NOTHING : SWEEP_AGAIN;
  }
}

/** @returns the two ranges, merged if they touch, otherwise in time order */
function union(a: TimeRange, b: TimeRange): TimeRange[] {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  if (second.from <= first.to) return [{ from: first.from, to: Math.max(first.to, second.to) }];
  return [first, second];
}

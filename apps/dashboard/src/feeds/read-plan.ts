import type { TimeRange } from '../results/results-reader';

/** How a series lies in time. */
export interface SeriesTiming {
  /** Buckets that are read as a whole, milliseconds. */
  readonly bucketMs: number;
  /** How long after the start of its bucket a result can be there at the earliest, milliseconds. */
  readonly lagMs: number;
  /** How far back results are kept in memory, milliseconds. */
  readonly retainMs: number;
  /** How much sooner than that it comes when a job is drained, which closes all windows before their time; 0 unless given. */
  readonly aheadMs?: number;
}

/**
 * Buckets that one read of older ones takes: many until all were read once, then few, for very late results; more
 * while the table is empty, because the sink may be far behind.
 */
const SWEEP_FIRST = 15;
const SWEEP_AGAIN = 1;
const SWEEP_NOTHING = 6;
/** What is newer than this may still be on its way through the sink, milliseconds. */
const RECENT_MS = 20_000;
/** How far a read goes on from the newest result when the sink is behind, milliseconds. */
const AHEAD_MS = 120_000;

/**
 * Which buckets of a series to read next. The table can be asked by event time only, while results come in any order of it: so the
 * buckets around the newest result and around now are read every time, and the older ones in turns.
 */
export class ReadPlan {
  private sweepTo: number | undefined;
  private sweptOnce = false;
  private lastNewest: number | undefined;

  /** @param timing of the series */
  constructor(private readonly timing: SeriesTiming) {}

  /** True once every bucket that is kept was read. */
  get caughtUp(): boolean {
    return this.sweptOnce;
  }

  /**
   * @param now milliseconds since the epoch
   * @param newest start of the newest bucket with a result; undefined if none exists
   * @returns ranges to read, aligned to buckets, without overlap; `recent` those where new results are expected
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

  /** A newest result far beyond the last one may have come with many that lie between, such as of a backlog: all is read again. */
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

/** @returns the two ranges as one when they touch, else in order of time */
function union(a: TimeRange, b: TimeRange): TimeRange[] {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  if (second.from <= first.to) return [{ from: first.from, to: Math.max(first.to, second.to) }];
  return [first, second];
}

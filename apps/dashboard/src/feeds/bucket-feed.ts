import type { FoundResult, ResultSeries, ResultsReader, TimeRange, TypeOfSeries } from '../results/results-reader';
import { ReadPlan, type SeriesTiming } from './read-plan';

/** What is kept of the results of one bucket of time. */
export interface Bucket<Summary> {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly summary: Summary;
  /** Results that it was made from. */
  readonly count: number;
  /** Reads in a row that found nothing new in it, while there was a newer one. */
  readonly unchangedReads: number;
}

/**
 * A bucket in which so many reads in a row found nothing new since there was a newer one is left to the reading of older ones, which comes
 * to it minutes later. So many that what was on its way through the sink when the newer one came is there.
 */
const QUIET_READS = 10;

/** How one series is kept. */
export interface FeedOptions<S extends ResultSeries, Summary> {
  readonly series: S;
  readonly timing: SeriesTiming;
  /** Most results that one read may bring; what is beyond is missing in the figures, which {@link BucketFeed.complete} tells. */
  readonly limit: number;
  /** At least this long from one read to the next once all that is kept was read, milliseconds; 0 unless given. */
  readonly everyMs?: number;
  /** @returns what is kept of the results of one bucket: of bounded size, whatever their number */
  readonly summarize: (results: readonly FoundResult<TypeOfSeries<S>>[], complete: boolean) => Summary;
}

/**
 * Follows one series of the table. A bucket's summary is made again from all of its results at each read, so that a result that is
 * read twice, or replaced, counts once.
 */
export class BucketFeed<S extends ResultSeries, Summary> {
  private buckets = new Map<number, Bucket<Summary>>();
  private readonly plan: ReadPlan;
  private newestStart: number | undefined;
  private incompleteAt: number | undefined;
  private lastRead = -Infinity;

  /** @param options how the series is kept */
  constructor(private readonly options: FeedOptions<S, Summary>) {
    this.plan = new ReadPlan(options.timing);
  }

  /** Start of the newest bucket with results; undefined if none exists. */
  get newest(): number | undefined {
    return this.newestStart;
  }

  /** Start of the oldest bucket with results that is kept; undefined if none exists. */
  get oldest(): number | undefined {
    return this.buckets.size === 0 ? undefined : Math.min(...this.buckets.keys());
  }

  /** True once everything that is kept was read. */
  get caughtUp(): boolean {
    return this.plan.caughtUp;
  }

  /** False when a bucket that is kept has more results than were read. */
  get complete(): boolean {
    return this.incompleteAt === undefined;
  }

  /** @returns the buckets that start in the range, in order of time */
  between(range: TimeRange): Bucket<Summary>[] {
    return [...this.buckets.values()]
      .filter(({ start }) => start >= range.from && start < range.to)
      .sort((a, b) => a.start - b.start);
  }

  /**
   * Reads what is new, and a part of what is older.
   * @param reader of the table
   * @param now milliseconds since the epoch
   * @returns number of results that were not there before, older ones not counted
   * @throws {Error} when the table cannot be read; what was there stays
   */
  async poll(reader: ResultsReader, now: number): Promise<number> {
    const sinceLast = now - this.lastRead;
    // A clock that was set back must not stop the reading.
    if (this.caughtUp && sinceLast >= 0 && sinceLast < (this.options.everyMs ?? 0)) return 0;
    const { recent, older } = this.plan.next(now, this.newestStart);
    let added = 0;
    for (const range of recent.flatMap((range) => this.withoutQuiet(range)))
      added += await this.readRange(reader, range);
    for (const range of older) await this.readRange(reader, range);
    this.lastRead = now;
    this.forgetOld();
    return added;
  }

  /** @returns the parts of the range that are worth reading again */
  private withoutQuiet(range: TimeRange): TimeRange[] {
    const { bucketMs } = this.options.timing;
    const parts: { from: number; to: number }[] = [];
    for (let start = range.from; start < range.to; start += bucketMs) {
      const quiet = (this.buckets.get(start)?.unchangedReads ?? 0) >= QUIET_READS;
      const last = parts.at(-1);
      if (quiet) continue;
      if (last?.to === start) last.to += bucketMs;
      else parts.push({ from: start, to: start + bucketMs });
    }
    return parts;
  }

  private async readRange(reader: ResultsReader, range: TimeRange): Promise<number> {
    const { series, timing, limit, summarize } = this.options;
    const { results, complete } = await reader.read(series, range, limit);
    const byBucket = new Map<number, FoundResult<TypeOfSeries<S>>[]>();
    for (const result of results) {
      const start = Math.floor(result.time / timing.bucketMs) * timing.bucketMs;
      const bucket = byBucket.get(start);
      if (bucket) bucket.push(result);
      else byBucket.set(start, [result]);
    }
    if (!complete) this.incompleteAt = Math.max(this.incompleteAt ?? 0, range.to);
    let added = 0;
    for (const [start, found] of byBucket) {
      const bucket = this.buckets.get(start);
      const before = bucket?.count ?? 0;
      // A truncated read is less complete than an earlier read that saw more of the bucket.
      if (!complete && found.length < before) continue;
      added += Math.max(0, found.length - before);
      this.buckets.set(start, {
        start,
        summary: summarize(found, complete),
        count: found.length,
        unchangedReads: bucket && found.length === before && start !== this.newestStart ? bucket.unchangedReads + 1 : 0,
      });
      this.newestStart = Math.max(this.newestStart ?? -Infinity, start);
    }
    return added;
  }

  private forgetOld(): void {
    if (this.newestStart === undefined) return;
    const oldest = this.newestStart - this.options.timing.retainMs - this.options.timing.bucketMs;
    for (const start of this.buckets.keys()) if (start < oldest) this.buckets.delete(start);
    if (this.incompleteAt !== undefined && this.incompleteAt < oldest) this.incompleteAt = undefined;
  }
}

import type {
  FoundResult,
  ResultPage,
  ResultSeries,
  ResultsReader,
  TimeRange,
  TypeOfSeries,
} from '../results/results-reader';
import { ReadPlan, type SeriesTiming } from './read-plan';

/** Summary of the results in one bucket of time. */
export interface Bucket<Summary> {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly summary: Summary;
  /** Number of results in the summary. */
  readonly count: number;
  /** Consecutive reads that found nothing new in this bucket while a newer bucket existed. */
  readonly unchangedReads: number;
}

/**
 * After this many consecutive reads without anything new while a newer bucket exists, a bucket counts as old and is
 * read again only minutes later. The number is large enough for results that were still on their way through the sink.
 */
const MAX_UNCHANGED_READS = 10;

/** Options for one series. */
export interface FeedOptions<S extends ResultSeries, Summary> {
  readonly series: S;
  readonly timing: SeriesTiming;
  /**
   * Maximum number of results of one bucket, and of one read. If a bucket has more, they are missing in the figures, and
   * {@link BucketFeed.complete} is false.
   */
  readonly limit: number;
  /** Minimum time between reads once everything was read, in milliseconds; default: 0. */
  readonly everyMs?: number;
  /** @returns the summary of the results of one bucket; its size is bounded */
  readonly summarize: (results: readonly FoundResult<TypeOfSeries<S>>[], complete: boolean) => Summary;
}

/**
 * Follows one series of the table. Each read rebuilds the summary of a bucket from all of its results, so a result that
 * is read twice, or replaced, counts once.
 */
export class BucketFeed<S extends ResultSeries, Summary> {
  private buckets = new Map<number, Bucket<Summary>>();
  private readonly plan: ReadPlan;
  private newestStart: number | undefined;
  private incompleteAt: number | undefined;
  private lastRead = -Infinity;
  /** Whether the results of several buckets exceeded the limit of one read. */
  private readsByBucket = false;

  /** @param options of the series */
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

  /** True once all buckets within the limit were read. */
  get caughtUp(): boolean {
    return this.plan.caughtUp;
  }

  /** False if a bucket has more results than were read. */
  get complete(): boolean {
    return this.incompleteAt === undefined;
  }

  /** @returns the buckets that start in the range, in time order */
  between(range: TimeRange): Bucket<Summary>[] {
    return [...this.buckets.values()]
      .filter(({ start }) => start >= range.from && start < range.to)
      .sort((a, b) => a.start - b.start);
  }

  /**
   * Reads new buckets, and some older ones.
   * @param reader of the table
   * @param now milliseconds since the epoch
   * @returns number of new results, without those in older buckets
   * @throws {Error} when the table cannot be read; existing data stays
   */
  async poll(reader: ResultsReader, now: number): Promise<number> {
    const sinceLast = now - this.lastRead;
    // Reading must continue after the clock was set back.
    if (this.caughtUp && sinceLast >= 0 && sinceLast < (this.options.everyMs ?? 0)) return 0;
    const { recent, older } = this.plan.next(now, this.newestStart);
    let added = 0;
    for (const range of recent.flatMap((range) => this.withoutUnchanged(range)))
      added += await this.readRange(reader, range);
    for (const range of older) await this.readRange(reader, range);
    this.lastRead = now;
    this.forgetOld();
    return added;
  }

  /** @returns the parts of the range to read again */
  private withoutUnchanged(range: TimeRange): TimeRange[] {
    const { bucketMs } = this.options.timing;
    const parts: { from: number; to: number }[] = [];
    for (let start = range.from; start < range.to; start += bucketMs) {
      const unchanged = (this.buckets.get(start)?.unchangedReads ?? 0) >= MAX_UNCHANGED_READS;
      const last = parts.at(-1);
      if (unchanged) continue;
      if (last?.to === start) last.to += bucketMs;
      else parts.push({ from: start, to: start + bucketMs });
    }
    return parts;
  }

  private async readRange(reader: ResultsReader, range: TimeRange): Promise<number> {
    const { series, timing, limit } = this.options;
    if (!this.readsByBucket) {
      const page = await reader.read(series, range, limit);
      if (page.complete || range.to - range.from <= timing.bucketMs) return this.take(page, range);
      // A truncated read of several buckets does not tell which of them are whole.
      this.readsByBucket = true;
    }
    let added = 0;
    for (let from = range.from; from < range.to; from += timing.bucketMs) {
      const bucket = { from, to: from + timing.bucketMs };
      added += this.take(await reader.read(series, bucket, limit), bucket);
    }
    return added;
  }

  /** Summarizes what a read of the range found. @returns number of new results */
  private take({ results, complete }: ResultPage<TypeOfSeries<S>>, range: TimeRange): number {
    const { timing, summarize } = this.options;
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

import { DIMENSIONS, type Dimension } from '@ad-analytics/event-schemas';
import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import type { ResultSeries, ResultsReader } from '../results/results-reader';
import { BucketFeed, type FeedOptions } from './bucket-feed';
import type { SeriesTiming } from './read-plan';
import {
  summarizeAlerts,
  summarizeAttributed,
  summarizeEngagement,
  summarizeLeftOut,
  summarizeSettled,
  summarizeTraffic,
  summarizeUnattributed,
  type TrafficSummary,
} from './summaries';

/** How long results are kept, in milliseconds: the longest range that the page offers. */
const RETAIN_MS = 60 * 60_000;
/** Maximum bucket size of series without windows: with small buckets, a read repeats little data. */
const MAX_EVENT_BUCKET_S = 10;
/** Maximum number of results of a read. At 1,000 events per second, a read is expected to have about 3,000 clicks. */
const READ_LIMIT = 20_000;
/**
 * Maximum number of users of a window that are read. A user takes about 30 bytes in a page of the table, so this is 6
 * MB.
 */
const USER_LIMIT = 200_000;
/**
 * Figures that change every second are read at every poll, the others less often, to leave capacity of the table to the
 * sink.
 */
const OFTEN_MS = 0;
const SOMETIMES_MS = 5_000;
const SELDOM_MS = 15_000;

/** Settings of the job that determine when results arrive. */
export type FeedSettings = Pick<PipelineSettings, 'metrics' | 'attribution' | 'engagement' | 'eventTime'> & {
  readonly fraud: Pick<PipelineSettings['fraud'], 'shortWindowSeconds' | 'longWindowSeconds'>;
};

/**
 * @returns the greatest number of whole seconds up to {@link MAX_EVENT_BUCKET_S} that divides the window, in
 *   milliseconds
 */
function eventBucketMs(windowSeconds: number): number {
  for (let seconds = MAX_EVENT_BUCKET_S; seconds > 1; seconds -= 1)
    if (windowSeconds % seconds === 0) return seconds * 1_000;
  return 1_000;
}

/** A series, as seen by the code that reads it. */
export type PolledFeed = Pick<BucketFeed<'late_event', unknown>, 'poll' | 'complete' | 'caughtUp'>;

/** All results that the dashboard holds: a feed for each series of the table. */
export class Feeds {
  /** Length of a window of the metrics, milliseconds. */
  readonly windowMs: number;
  /** How long after its end a window is settled, milliseconds. */
  readonly settlesAfterMs: number;
  /** Length of a window of the engagement scores, milliseconds. */
  readonly engagementMs: number;
  readonly traffic: Readonly<Record<Dimension, BucketFeed<`campaign_metrics/${Dimension}`, TrafficSummary>>>;
  readonly settled;
  readonly attributed;
  readonly unattributed;
  readonly late;
  readonly rejected;
  readonly alerts;
  readonly engagement;
  /**
   * All feeds, in groups that are read independently: figures that change every second do not wait for slow reads, such
   * as the scores of all users.
   */
  readonly groups: readonly (readonly PolledFeed[])[];

  /** @param settings of the job: windows and waiting times */
  constructor(settings: FeedSettings) {
    this.windowMs = settings.metrics.windowSeconds * 1_000;
    const attributionMs = settings.attribution.windowSeconds * 1_000;
    this.settlesAfterMs = attributionMs + settings.eventTime.maxOutOfOrdernessSeconds * 1_000;
    const slideMs = settings.engagement.slideSeconds * 1_000;
    this.engagementMs = settings.engagement.windowSeconds * 1_000;
    const timing = (bucketMs: number, lagMs: number, retainMs = RETAIN_MS): SeriesTiming => ({
      bucketMs,
      lagMs,
      retainMs,
    });
    const windows = timing(this.windowMs, this.windowMs);
    const moments = timing(eventBucketMs(settings.metrics.windowSeconds), 0);
    // Infers the type of the summary from the series; a constructor call would have to repeat it.
    const feed = <S extends ResultSeries, Summary>(
      series: S,
      timing: SeriesTiming,
      summarize: FeedOptions<S, Summary>['summarize'],
      everyMs: number,
      limit = READ_LIMIT,
    ) => new BucketFeed<S, Summary>({ series, timing, limit, everyMs, summarize });
    const traffic = DIMENSIONS.map(
      (dimension) =>
        [
          dimension,
          feed(
            `campaign_metrics/${dimension}` as const,
            windows,
            summarizeTraffic,
            dimension === 'campaign' ? OFTEN_MS : SOMETIMES_MS,
          ),
        ] as const,
    );
    this.traffic = Object.fromEntries(traffic) as Feeds['traffic'];
    this.settled = feed(
      'attribution_metrics',
      { ...timing(this.windowMs, this.windowMs + attributionMs), aheadMs: attributionMs },
      summarizeSettled,
      SELDOM_MS,
    );
    this.attributed = feed('attributed_click', moments, summarizeAttributed, OFTEN_MS);
    this.unattributed = feed('unattributed_click', moments, summarizeUnattributed, SOMETIMES_MS);
    this.late = feed('late_event', moments, summarizeLeftOut, SOMETIMES_MS);
    this.rejected = feed('rejected_event', moments, summarizeLeftOut, SOMETIMES_MS);
    const alertMs = Math.max(settings.fraud.shortWindowSeconds, settings.fraud.longWindowSeconds) * 1_000;
    this.alerts = feed('fraud_alert', { ...moments, aheadMs: alertMs }, summarizeAlerts, OFTEN_MS);
    this.engagement = feed(
      'user_engagement',
      timing(slideMs, this.engagementMs, slideMs),
      summarizeEngagement,
      SELDOM_MS,
      USER_LIMIT,
    );
    const { campaign, ...others } = this.traffic;
    this.groups = [
      [campaign, this.attributed, this.alerts],
      [...Object.values(others), this.unattributed, this.late, this.rejected, this.settled],
      [this.engagement],
    ];
  }

  private get all(): readonly PolledFeed[] {
    return this.groups.flat();
  }

  /** False if there are more results than were read: figures are too low. */
  get complete(): boolean {
    return this.all.every((feed) => feed.complete);
  }

  /** True once everything that is kept was read. */
  get caughtUp(): boolean {
    return this.all.every((feed) => feed.caughtUp);
  }

  /** Start of the oldest known window of the metrics, in milliseconds since the epoch; undefined if none exists. */
  get dataStart(): number | undefined {
    return this.traffic.campaign.oldest;
  }

  /** End of the newest window of the metrics, milliseconds since the epoch; undefined if none exists. */
  get dataEnd(): number | undefined {
    const newest = this.traffic.campaign.newest;
    return newest === undefined ? undefined : newest + this.windowMs;
  }
}

/**
 * Reads new results of some series.
 * @param feeds to read concurrently
 * @returns number of new results
 * @throws {Error} the first failure, after every series was tried
 */
export async function pollFeeds(feeds: readonly PolledFeed[], reader: ResultsReader, now: number): Promise<number> {
  const polls = await Promise.allSettled(feeds.map((feed) => feed.poll(reader, now)));
  let added = 0;
  for (const poll of polls) {
    if (poll.status === 'rejected') throw poll.reason;
    added += poll.value;
  }
  return added;
}

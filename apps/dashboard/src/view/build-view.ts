import type { Feeds } from '../feeds/feeds';
import { buildAlerts } from './build-alerts';
import { buildFunnel, buildQuality } from './build-funnel';
import { buildRankings } from './build-rankings';
import { buildSeries } from './build-series';
import { chartRange } from './ranges';
import type { DashboardView, EngagementView, FlinkView, PipelineView, StatusView, ViewFilter } from './view';

/** Rates cover this time, or a whole window if that is longer. */
const RATE_OVER_MS = 30_000;
const MAX_CAMPAIGN_CHOICES = 200;

/** Input of the view in addition to the results. */
export interface ViewContext {
  readonly status: StatusView;
  readonly flink: FlinkView;
  readonly resultsPerSecond: number | null;
}

/** @returns rates over the newest windows that reads no longer change, because the newest window may be incomplete */
function buildPipeline(feeds: Feeds, context: ViewContext): PipelineView {
  const { windowMs } = feeds;
  const over = Math.ceil(RATE_OVER_MS / windowMs) * windowMs;
  const buckets = feeds.traffic.campaign.between({ from: (feeds.dataEnd ?? 0) - over - windowMs, to: Infinity });
  const whole = buckets.filter(({ unchangedReads }) => unchangedReads > 0);
  const end = (whole.at(-1)?.start ?? 0) + windowMs;
  const counted = whole.filter(({ start }) => start >= end - over);
  const live = counted.length > 0 && context.status.state === 'live';
  const seconds = (end - (counted[0]?.start ?? 0)) / 1_000;
  const rate = (of: 'impressions' | 'clicks') =>
    live ? counted.reduce((sum, { summary }) => sum + summary.total[of], 0) / seconds : null;
  return {
    impressionsPerSecond: rate('impressions'),
    clicksPerSecond: rate('clicks'),
    resultsPerSecond: context.resultsPerSecond,
    windowSeconds: windowMs / 1_000,
    settlesAfterMs: feeds.settlesAfterMs,
    flink: context.flink,
  };
}

/** @returns scores of the newest complete window; without a complete one, of the newest window */
function buildEngagement(feeds: Feeds): EngagementView | null {
  const buckets = feeds.engagement.between({ from: -Infinity, to: Infinity });
  const bucket = buckets.findLast(({ unchangedReads }) => unchangedReads > 0) ?? buckets.at(-1);
  if (!bucket) return null;
  const { users, histogram, top, complete } = bucket.summary;
  return {
    windowStart: bucket.start,
    windowEnd: bucket.start + feeds.engagementMs,
    users,
    complete,
    histogram,
    top: top.map(({ user_id, score, impressions, clicks, distinct_campaigns }) => {
      return { userId: user_id, score, impressions, clicks, campaigns: distinct_campaigns };
    }),
  };
}

/**
 * @param feeds of results
 * @param filter of the page
 * @param context state of the server
 * @returns everything that the
 *   page shows. Ranges end with the newest window, not at the current time, so that an ended run stays visible
 */
export function buildView(feeds: Feeds, filter: ViewFilter, context: ViewContext): DashboardView {
  const end = feeds.dataEnd ?? context.status.serverTime;
  const data = { start: feeds.dataStart ?? -Infinity, end };
  const { stepMs: step, ...range } = chartRange(filter.minutes, data, feeds.windowMs);
  const { totals, series } = buildSeries(feeds, range, step, filter.campaign);
  // Alerts newer than the newest window are also shown: they do not wait for the figures of their window.
  const open = { from: range.from, to: Infinity };
  return {
    status: context.status,
    pipeline: buildPipeline(feeds, context),
    campaigns: campaignChoices(feeds),
    totals: feeds.dataEnd === undefined ? null : totals,
    series: feeds.dataEnd === undefined ? null : series,
    rankings: buildRankings(feeds, range, step, filter.campaign),
    funnel: buildFunnel(feeds, range, filter.campaign, totals),
    alerts: buildAlerts(feeds, open),
    engagement: buildEngagement(feeds),
    quality: buildQuality(feeds, open),
  };
}

/** @returns all known campaigns, sorted by name */
function campaignChoices(feeds: Feeds): string[] {
  const names = new Set<string>();
  for (const { summary } of feeds.traffic.campaign.between({ from: -Infinity, to: Infinity }))
    for (const name of summary.byKey.keys()) names.add(name);
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).slice(0, MAX_CAMPAIGN_CHOICES);
}

import { DIMENSIONS, type Dimension } from '@ad-analytics/event-schemas';
import type { Feeds } from '../feeds/feeds';
import type { Traffic } from '../feeds/summaries';
import { greatest } from '../feeds/tally';
import type { TimeRange } from '../results/results-reader';
import { netOf } from './build-series';
import { ratio } from './ranges';
import type { RankedView, RankingView } from './view';

const ROWS = 10;

/** @returns traffic of the range by key */
function trafficByKey(feeds: Feeds, dimension: Dimension, range: TimeRange): Map<string, Traffic> {
  const byKey = new Map<string, Traffic>();
  for (const { summary } of feeds.traffic[dimension].between(range)) {
    for (const [key, traffic] of summary.byKey) {
      const sums = byKey.get(key) ?? { impressions: 0, clicks: 0, costMicros: 0 };
      byKey.set(key, sums);
      sums.impressions += traffic.impressions;
      sums.clicks += traffic.clicks;
      sums.costMicros += traffic.costMicros;
    }
  }
  return byKey;
}

/** @returns net rate and trend of one campaign */
function campaignDetails(feeds: Feeds, key: string, impressions: number, range: TimeRange, step: number) {
  const sums = { impressions, valid: 0, settledImpressions: 0, settledValid: 0 };
  for (const { summary } of feeds.attributed.between(range)) sums.valid += summary.byCampaign.get(key)?.valid ?? 0;
  for (const { summary } of feeds.settled.between(range)) {
    sums.settledImpressions += summary.byCampaign.get(key)?.impressions ?? 0;
    sums.settledValid += summary.byCampaign.get(key)?.valid ?? 0;
  }
  const shown = Array.from({ length: Math.round((range.to - range.from) / step) }, () => ({
    impressions: 0,
    clicks: 0,
  }));
  for (const { start, summary } of feeds.traffic.campaign.between(range)) {
    const point = shown[Math.floor((start - range.from) / step)];
    if (!point) continue;
    point.impressions += summary.byKey.get(key)?.impressions ?? 0;
    point.clicks += summary.byKey.get(key)?.clicks ?? 0;
  }
  return { net: netOf(sums), trend: shown.map((point) => ratio(point.clicks, point.impressions)) };
}

/** @returns the campaign of each ad that has clicks */
function campaignsOfAds(feeds: Feeds, range: TimeRange): Map<string, string> {
  return new Map(feeds.attributed.between(range).flatMap(({ summary }) => [...summary.campaignOfAd]));
}

/**
 * @param feeds of results
 * @param range of the windows
 * @param step of the trend, milliseconds
 * @param campaign undefined: all
 * @returns the keys with the most impressions, for each dimension
 */
export function buildRankings(
  feeds: Feeds,
  range: TimeRange,
  step: number,
  campaign: string | undefined,
): Record<Dimension, RankingView> {
  const ranking = (dimension: Dimension): RankingView => {
    let entries = [...trafficByKey(feeds, dimension, range)];
    // The campaign table is not filtered, because users select another campaign there.
    const filtered = campaign !== undefined && dimension === 'ad';
    if (filtered) {
      const campaignOf = campaignsOfAds(feeds, range);
      entries = entries.filter(([ad]) => campaignOf.get(ad) === campaign);
    }
    const rows = greatest(entries, ([, { impressions }]) => impressions, ROWS).map(([key, traffic]): RankedView => {
      const details =
        dimension === 'campaign'
          ? campaignDetails(feeds, key, traffic.impressions, range, step)
          : { net: null, trend: null };
      return { key, ...traffic, ctr: ratio(traffic.clicks, traffic.impressions), ...details };
    });
    return { rows, keys: entries.length, filtered };
  };
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, ranking(dimension)])) as Record<
    Dimension,
    RankingView
  >;
}

import type { InvalidReason } from '@ad-analytics/event-schemas';
import type { Feeds } from '../feeds/feeds';
import { count, greatest } from '../feeds/tally';
import type { TimeRange } from '../results/results-reader';
import type { FunnelView, QualityView, TotalsView } from './view';

const REASONS = 5;

/**
 * @param totals of the same range and campaign
 * @returns the outcome of the impressions and clicks in the range
 */
export function buildFunnel(
  feeds: Feeds,
  range: TimeRange,
  campaign: string | undefined,
  totals: Pick<TotalsView, 'impressions' | 'clicks'>,
): FunnelView {
  let attributed = 0;
  let valid = 0;
  const reasons = new Map<InvalidReason, number>();
  for (const { summary } of feeds.attributed.between(range)) {
    const sums = campaign === undefined ? summary.total : summary.byCampaign.get(campaign);
    attributed += sums?.attributed ?? 0;
    valid += sums?.valid ?? 0;
    for (const [reason, clicks] of Object.entries(sums?.invalidReasons ?? {})) count(reasons, reason, clicks);
  }
  let unattributed = 0;
  for (const { summary } of feeds.unattributed.between(range))
    unattributed += campaign === undefined ? summary.total : (summary.byCampaign.get(campaign) ?? 0);
  const { impressions, clicks } = totals;
  const invalidReasons = greatest(reasons, ([, times]) => times, reasons.size);
  return { impressions, clicks, attributed, valid, unattributed, invalidReasons };
}

/**
 * @returns events of the range that are not part of any figure, for all campaigns, because a late event does not
 *   contain its campaign
 */
export function buildQuality(feeds: Feeds, range: TimeRange): QualityView {
  const sums = (name: 'late' | 'rejected') => {
    const total = { impressions: 0, clicks: 0 };
    for (const { summary } of feeds[name].between(range)) {
      total.impressions += summary.impressions;
      total.clicks += summary.clicks;
    }
    return total;
  };
  const reasons = new Map<string, number>();
  for (const { summary } of feeds.rejected.between(range))
    for (const [reason, times] of summary.reasons) count(reasons, reason, times);
  return {
    late: sums('late'),
    rejected: sums('rejected'),
    rejectedReasons: greatest(reasons, ([, times]) => times, REASONS),
  };
}

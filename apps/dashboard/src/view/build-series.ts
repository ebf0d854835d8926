import type { Feeds } from '../feeds/feeds';
import type { TimeRange } from '../results/results-reader';
import { ratio } from './ranges';
import type { NetView, SeriesView, TotalsView } from './view';

/** Sums of one step. */
interface Step {
  impressions: number;
  clicks: number;
  costMicros: number;
  /** Valid clicks by click time. */
  valid: number;
  settledImpressions: number;
  settledValid: number;
}

/**
 * Adds up the windows by step.
 * @param feeds of results
 * @param range whole steps
 * @param step length, milliseconds
 * @param
 * campaign undefined: all
 */
function stepsOf(feeds: Feeds, range: TimeRange, step: number, campaign: string | undefined): Step[] {
  const steps = Array.from({ length: Math.round((range.to - range.from) / step) }, (): Step => {
    return { impressions: 0, clicks: 0, costMicros: 0, valid: 0, settledImpressions: 0, settledValid: 0 };
  });
  const at = (time: number) => steps[Math.floor((time - range.from) / step)] as Step;
  for (const { start, summary } of feeds.traffic.campaign.between(range)) {
    const traffic = campaign === undefined ? summary.total : summary.byKey.get(campaign);
    const sums = at(start);
    sums.impressions += traffic?.impressions ?? 0;
    sums.clicks += traffic?.clicks ?? 0;
    sums.costMicros += traffic?.costMicros ?? 0;
  }
  for (const { start, summary } of feeds.attributed.between(range))
    at(start).valid += (campaign === undefined ? summary.total : summary.byCampaign.get(campaign))?.valid ?? 0;
  for (const { start, summary } of feeds.settled.between(range)) {
    const settled = campaign === undefined ? summary.total : summary.byCampaign.get(campaign);
    at(start).settledImpressions += settled?.impressions ?? 0;
    at(start).settledValid += settled?.valid ?? 0;
  }
  return steps;
}

/** @returns whether the settled figures cover all impressions of these steps */
const isSettled = ({ impressions, settledImpressions }: Pick<Step, 'impressions' | 'settledImpressions'>) =>
  impressions > 0 && settledImpressions >= impressions;

/** @returns the settled rate if all of it is settled, otherwise the provisional one */
export function netOf(sums: Pick<Step, 'impressions' | 'valid' | 'settledImpressions' | 'settledValid'>): NetView {
  if (isSettled(sums)) return { ctr: ratio(sums.settledValid, sums.settledImpressions), settled: true };
  return { ctr: ratio(sums.valid, sums.impressions), settled: false };
}

/**
 * @param feeds of results
 * @param range whole steps
 * @param step length, milliseconds
 * @param campaign undefined: all
 * @returns totals of the range and its time series
 */
export function buildSeries(
  feeds: Feeds,
  range: TimeRange,
  step: number,
  campaign: string | undefined,
): { totals: TotalsView; series: SeriesView } {
  const steps = stepsOf(feeds, range, step, campaign);
  // The newest step may be incomplete: its rate covers the existing windows.
  const coveredMs = (index: number) => Math.min(step, (feeds.dataEnd ?? Infinity) - (range.from + index * step));
  const sum = (of: (sums: Step) => number) => steps.reduce((total, sums) => total + of(sums), 0);
  const impressions = sum((sums) => sums.impressions);
  const clicks = sum((sums) => sums.clicks);
  // A step without impressions has no settled figure. It still counts as settled once later windows are settled: its
  // clicks belong to earlier impressions, and count there.
  const settledTo = (feeds.settled.newest ?? -Infinity) + feeds.windowMs;
  const settled = steps.map((sums, index) =>
    sums.impressions > 0 ? isSettled(sums) : range.from + (index + 1) * step <= settledTo,
  );
  // Settled steps count with their settled figure, the others with their provisional figure.
  const net = {
    valid: steps.reduce((total, sums, index) => total + (settled[index] ? sums.settledValid : sums.valid), 0),
    settled: steps.every((sums, index) => settled[index] || (sums.impressions === 0 && sums.valid === 0)),
  };
  return {
    totals: {
      ...range,
      impressions,
      clicks,
      costMicros: sum((sums) => sums.costMicros),
      ctr: ratio(clicks, impressions),
      net: { ctr: ratio(net.valid, impressions), settled: net.settled && impressions > 0 },
    },
    series: {
      stepMs: step,
      times: steps.map((_, index) => range.from + index * step),
      eventsPerSecond: steps.map((sums, index) => ratio((sums.impressions + sums.clicks) * 1_000, coveredMs(index))),
      grossCtr: steps.map((sums) => ratio(sums.clicks, sums.impressions)),
      settledCtr: steps.map((sums) => (isSettled(sums) ? netOf(sums).ctr : null)),
      provisionalCtr: steps.map((sums) => (isSettled(sums) ? null : netOf(sums).ctr)),
    },
  };
}

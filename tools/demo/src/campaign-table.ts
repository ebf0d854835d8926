import type { ResultRecord } from '@ad-analytics/event-schemas';

/** Figures of one campaign, summed over all its windows so far. */
export interface CampaignRow {
  readonly campaign: string;
  readonly impressions: number;
  readonly clicks: number;
  /** clicks / impressions; null without impressions. */
  readonly ctr: number | null;
  /** The same in the latest closed window of all campaigns; null if the campaign has no impressions in it. */
  readonly lastWindowCtr: number | null;
  readonly attributed: number;
}

interface Window {
  readonly campaign: string;
  readonly windowEnd: string;
  readonly impressions: number;
  readonly clicks: number;
}

const ratio = (clicks: number, impressions: number) => (impressions === 0 ? null : clicks / impressions);

/** Click-through rates by campaign, from campaign_metrics and attributed_click records upserted by record_id. */
export class CampaignTable {
  private readonly windows = new Map<string, Window>();
  private readonly attributed = new Map<string, number>();
  private latest = '';

  /**
   * @param record any result
   * @param isNew whether its record_id has not been seen before
   */
  add(record: ResultRecord, isNew: boolean): void {
    if (record.record_type === 'attributed_click' && isNew) {
      const { campaign_id: campaign } = record.attributed_click;
      this.attributed.set(campaign, (this.attributed.get(campaign) ?? 0) + 1);
    }
    if (record.record_type === 'campaign_metrics' && record.campaign_metrics.dimension === 'campaign') {
      const { key: campaign, window_end: windowEnd, impressions, clicks } = record.campaign_metrics;
      this.windows.set(record.record_id, { campaign, windowEnd, impressions, clicks });
      if (windowEnd > this.latest) this.latest = windowEnd;
    }
  }

  /** Exclusive end of the latest window seen; empty before the first. */
  get latestWindowEnd(): string {
    return this.latest;
  }

  /** @returns all campaigns, those with the most impressions first */
  rows(): CampaignRow[] {
    const sums = new Map<string, { impressions: number; clicks: number; lastWindowCtr: number | null }>();
    for (const window of this.windows.values()) {
      const sum = sums.get(window.campaign) ?? { impressions: 0, clicks: 0, lastWindowCtr: null };
      sum.impressions += window.impressions;
      sum.clicks += window.clicks;
      if (window.windowEnd === this.latest) sum.lastWindowCtr = ratio(window.clicks, window.impressions);
      sums.set(window.campaign, sum);
    }
    return [...sums]
      .map(([campaign, { impressions, clicks, lastWindowCtr }]) => ({
        campaign,
        impressions,
        clicks,
        ctr: ratio(clicks, impressions),
        lastWindowCtr,
        attributed: this.attributed.get(campaign) ?? 0,
      }))
      .sort((a, b) => b.impressions - a.impressions || a.campaign.localeCompare(b.campaign));
  }
}

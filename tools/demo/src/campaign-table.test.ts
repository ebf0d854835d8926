import type { Dimension } from '@ad-analytics/event-schemas';
import { sample } from '@ad-analytics/result-records/sample-results';
import { CampaignTable } from './campaign-table';

const metrics = (key: string, minute: number, impressions: number, clicks: number, dimension: Dimension = 'campaign') =>
  sample.campaignMetrics({ dimension, key, impressions, clicks }, minute);

describe('CampaignTable', () => {
  it('sums the windows of each campaign and shows the latest one separately', () => {
    const table = new CampaignTable();
    table.add(metrics('a', 0, 100, 1), true);
    table.add(metrics('a', 1, 100, 3), true);
    table.add(metrics('b', 0, 500, 5), true);
    table.add(metrics('mobile', 1, 700, 9, 'device_type'), true);
    table.add(sample.attributedClick('c1', 'a'), true);
    expect(table.latestWindowEnd).toBe('2026-11-23T10:02:00.000Z');
    expect(table.rows()).toEqual([
      { campaign: 'b', impressions: 500, clicks: 5, ctr: 0.01, lastWindowCtr: null, attributed: 0 },
      { campaign: 'a', impressions: 200, clicks: 4, ctr: 0.02, lastWindowCtr: 0.03, attributed: 1 },
    ]);
  });

  it('counts repeated records once', () => {
    const table = new CampaignTable();
    for (const isNew of [true, false]) {
      table.add(metrics('a', 0, 10, 1), isNew);
      table.add(sample.attributedClick('c1', 'a'), isNew);
    }
    expect(table.rows()).toMatchObject([{ impressions: 10, clicks: 1, attributed: 1 }]);
  });

  it('has no rate without impressions', () => {
    const table = new CampaignTable();
    table.add(metrics('a', 0, 0, 2), true);
    expect(table.rows()).toMatchObject([{ ctr: null, lastWindowCtr: null }]);
  });
});

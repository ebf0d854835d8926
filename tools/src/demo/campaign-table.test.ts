import { CampaignTable } from './campaign-table';

const metrics = (key: string, windowEnd: string, impressions: number, clicks: number, dimension = 'campaign') => ({
  record_type: 'campaign_metrics',
  record_id: `${dimension}|${key}|${windowEnd}`,
  campaign_metrics: { dimension, key, window_end: windowEnd, impressions, clicks },
});
const click = (id: string, campaign: string) => ({
  record_type: 'attributed_click',
  record_id: id,
  attributed_click: { campaign_id: campaign },
});

describe('CampaignTable', () => {
  it('sums the windows of each campaign and shows the latest apart', () => {
    const table = new CampaignTable();
    table.add(metrics('a', '10:00:10', 100, 1), true);
    table.add(metrics('a', '10:00:20', 100, 3), true);
    table.add(metrics('b', '10:00:10', 500, 5), true);
    table.add(metrics('mobile', '10:00:20', 700, 9, 'device_type'), true);
    table.add(click('c1', 'a'), true);
    expect(table.latestWindowEnd).toBe('10:00:20');
    expect(table.rows()).toEqual([
      { campaign: 'b', impressions: 500, clicks: 5, ctr: 0.01, lastWindowCtr: null, attributed: 0 },
      { campaign: 'a', impressions: 200, clicks: 4, ctr: 0.02, lastWindowCtr: 0.03, attributed: 1 },
    ]);
  });

  it('counts what comes again once', () => {
    const table = new CampaignTable();
    for (const isNew of [true, false]) {
      table.add(metrics('a', '1', 10, 1), isNew);
      table.add(click('c1', 'a'), isNew);
    }
    expect(table.rows()).toMatchObject([{ impressions: 10, clicks: 1, attributed: 1 }]);
  });

  it('has no rate where there is no impression', () => {
    const table = new CampaignTable();
    table.add(metrics('a', '1', 0, 2), true);
    expect(table.rows()).toMatchObject([{ ctr: null, lastWindowCtr: null }]);
  });
});

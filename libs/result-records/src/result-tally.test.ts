import { ResultTally } from './result-tally';
import { sample } from './sample-results';

describe('ResultTally', () => {
  it('counts every result once, also if it is delivered repeatedly', () => {
    const tally = new ResultTally();
    expect(tally.add(sample.attributedClick('a'))).toBe(true);
    expect(tally.add(sample.attributedClick('a'))).toBe(false);
    tally.add(sample.unattributedClick('b'));
    expect(tally.summary()).toMatchObject({
      records: 3,
      repeated: 1,
      byType: { attributed_click: 1, unattributed_click: 1 },
    });
  });

  it('sums the windows of each dimension separately, with the latest value of a window', () => {
    const tally = new ResultTally();
    const window = (dimension: 'campaign' | 'country', key: string, impressions: number) =>
      tally.add(sample.campaignMetrics({ dimension, key, impressions, clicks: 1 }));
    window('campaign', 'x', 3);
    window('campaign', 'y', 4);
    window('country', 'DE', 7);
    window('campaign', 'x', 5);
    expect(tally.summary().windows).toMatchObject({
      campaign: { impressions: 9, clicks: 2 },
      country: { impressions: 7, clicks: 1 },
      ad: { impressions: 0, clicks: 0 },
    });
  });

  it('counts rejected and late events by their stream', () => {
    const tally = new ResultTally();
    tally.add(sample.rejectedEvent('impression', 1));
    tally.add(sample.rejectedEvent('impression', 1));
    tally.add(sample.lateEvent('click', 1));
    expect(tally.summary()).toMatchObject({
      rejected: { impression: 1, click: 0 },
      late: { impression: 0, click: 1 },
    });
  });
});

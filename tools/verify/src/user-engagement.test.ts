import { at, click, impression } from './sample-events';
import { expectedResults } from './sample-check';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(120_000);

/** @returns the score for this number of points */
const score = (points: number) => Math.round(1e4 * (1 - Math.exp(-points / 20))) / 100;

describe('user_engagement', () => {
  it('weighs events by their age at the end of each sliding window, and has only windows with an event in the last slide', async () => {
    // An event at 60 s is in the five windows that end at 120 s to 360 s. Events in the last slide: at 60 s (window to 120 s) and at 310 s
    // (to 360 s).
    const rows = await expectedResults(
      'user_engagement',
      [{ event: impression('i1', 60) }],
      [{ event: click('k1', 'i1', 60.6) }, { event: click('k2', 'nothing', 310) }],
    );
    const windows = new Map(rows.map((row) => [row['window_end'], row]));
    expect([...windows.keys()].sort()).toEqual([120, 360].map(at));
    // Half-life 150 s: 2^(-300/150) + 10 * 2^(-299.4/150) = 0.25 + 2.506944 points.
    expect(windows.get(at(360))).toMatchObject({ user_id: 'u1', impressions: 1, clicks: 2, distinct_campaigns: 1 });
    expect(windows.get(at(360))?.['score']).toBeCloseTo(score(0.25 + 2.506944), 2);
  });

  it('counts every accepted click, but scores clicks and campaigns only by valid attributed clicks', async () => {
    const rows = await expectedResults(
      'user_engagement',
      [{ event: impression('i1', 60) }, { event: impression('i2', 60, { campaign_id: 'c2' }) }],
      [
        { event: click('k1', 'i1', 60.1, { campaign_id: 'c3' }) },
        { event: click('k2', 'nothing', 60.2, { campaign_id: 'c4' }) },
      ],
    );
    const [row] = rows;
    expect(row).toMatchObject({ window_end: at(120), impressions: 2, clicks: 2, distinct_campaigns: 4 });
    expect(row?.['score']).toBeCloseTo(score(2 * Math.pow(2, -60 / 150) + 2 * 1), 2);
  });

  it("scores a click for the user and the campaign of its impression, and counts it for the click's own", async () => {
    // i1 at 10 s is in the windows that end at 60 to 300 s, its click at 70 s in those that end at 120 to 360 s.
    const rows = await expectedResults(
      'user_engagement',
      [{ event: impression('i1', 10) }, { event: impression('i2', 70, { campaign_id: 'c2' }) }],
      [
        { event: click('k1', 'i1', 70, { user_id: 'u2', campaign_id: 'c3' }) },
        { event: click('k2', 'nothing', 359, { campaign_id: 'c2' }) },
      ],
    );
    const of = (user: string) =>
      new Map(rows.filter((row) => row['user_id'] === user).map((row) => [row['window_end'], row]));
    // At 120 s: i1 is 110 s old, i2 and k1 50 s; two campaigns.
    const points = Math.pow(2, -110 / 150) + 11 * Math.pow(2, -50 / 150) + 2;
    expect(of('u1').get(at(120))).toMatchObject({ impressions: 2, clicks: 0, distinct_campaigns: 2 });
    expect(of('u1').get(at(120))?.['score']).toBeCloseTo(score(points), 2);
    // At 360 s, i1 is no longer in the window, but the click on it still adds its campaign.
    expect(of('u1').get(at(360))).toMatchObject({ impressions: 1, clicks: 1, distinct_campaigns: 1 });
    expect(of('u1').get(at(360))?.['score']).toBeCloseTo(score(11 * Math.pow(2, -290 / 150) + 2), 2);
    expect([...of('u2').keys()]).toEqual([at(120)]);
    expect(of('u2').get(at(120))).toMatchObject({ impressions: 0, clicks: 1, distinct_campaigns: 1, score: 0 });
  });

  it('has no window for a user who only has a scored click of another user in it', async () => {
    const rows = await expectedResults(
      'user_engagement',
      [{ event: impression('i1', 10) }],
      [{ event: click('k1', 'i1', 70, { user_id: 'u2' }) }],
    );
    const ends = rows.filter((row) => row['user_id'] === 'u1').map((row) => row['window_end']);
    expect(ends).toEqual([at(60)]);
  });
});

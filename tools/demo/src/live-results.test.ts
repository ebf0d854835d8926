import type { ResultRecord } from '@ad-analytics/event-schemas';
import { fakeKinesis } from '@ad-analytics/local-stack/kinesis/fake-kinesis';
import { sample } from '@ad-analytics/result-records/sample-results';
import { LiveResults, followResults } from './live-results';

const bytes = (record: ResultRecord) => Buffer.from(JSON.stringify(record));

describe('LiveResults', () => {
  it('measures the delay of results after the click and after the end of the window', () => {
    const results = new LiveResults();
    const click = sample.attributedClick('k');
    const window = sample.campaignMetrics({ dimension: 'campaign', key: 'c', impressions: 2, clicks: 1 });
    results.add(bytes(click), Date.parse(click.event_time) + 700);
    results.add(bytes(window), Date.parse(window.event_time) + 5_500);
    // Written again after a restart: ignored.
    results.add(bytes(click), Date.parse(click.event_time) + 90_000);
    expect(results.clickDelay.median()).toBe(700);
    expect(results.firstAttributedAt).toBe(Date.parse(click.event_time) + 700);
    expect(results.windowDelay.median()).toBe(5_500);
    expect(results.campaigns.rows()).toMatchObject([{ campaign: 'c', impressions: 2, attributed: 1 }]);
  });

  it('counts invalid results and keeps the first reason', () => {
    const results = new LiveResults();
    results.add(Buffer.from('nonsense'), 0);
    results.add(Buffer.from('{}'), 0);
    expect(results.invalid).toBe(2);
    expect(results.firstProblem).toMatch(/not valid JSON/);
  });
});

describe('followResults', () => {
  it('reads all shards to their end, including later records', async () => {
    const shards = { s0: [JSON.stringify(sample.attributedClick('a'))], s1: [] as string[] };
    const results = new LiveResults();
    const end = new AbortController();
    const following = followResults(fakeKinesis(shards), 'stream', results, end.signal);
    shards.s1.push(JSON.stringify(sample.unattributedClick('b')), JSON.stringify(sample.unattributedClick('c')));
    end.abort();
    await following;
    expect(results.tally.summary().byType).toEqual({ attributed_click: 1, unattributed_click: 2 });
  });
});

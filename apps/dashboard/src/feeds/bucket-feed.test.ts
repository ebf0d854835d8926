import { lateOf } from '../../test/sample-results';
import { InMemoryResults } from '../results/in-memory-results';
import { BucketFeed } from './bucket-feed';
import { summarizeLeftOut } from './summaries';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');

function feedOf(limit = 100, retainMs = 60_000) {
  return new BucketFeed({
    series: 'late_event',
    timing: { bucketMs: 10_000, lagMs: 0, retainMs },
    limit,
    summarize: summarizeLeftOut,
  });
}
const counts = (feed: ReturnType<typeof feedOf>) =>
  feed.between({ from: -Infinity, to: Infinity }).map(({ start, count }) => [start - NOW, count]);

describe('BucketFeed', () => {
  it('counts a result once, regardless of how often it is read or written', async () => {
    const results = new InMemoryResults();
    const feed = feedOf();
    results.put(lateOf('1', NOW - 5_000, 'click'), lateOf('2', NOW - 4_000, 'impression'));
    expect(await feed.poll(results, NOW)).toBe(2);
    results.put(lateOf('1', NOW - 5_000, 'click'));
    expect(await feed.poll(results, NOW)).toBe(0);
    results.put(lateOf('3', NOW - 5_000, 'click'));
    expect(await feed.poll(results, NOW)).toBe(1);
    expect(counts(feed)).toEqual([[-10_000, 3]]);
    expect(feed.between({ from: NOW - 10_000, to: NOW })[0]?.summary).toMatchObject({ impressions: 1, clicks: 2 });
  });

  it('finds a result that arrives long after its time', async () => {
    const results = new InMemoryResults();
    const feed = feedOf();
    results.put(lateOf('1', NOW, 'click'));
    for (let poll = 0; poll < 10; poll += 1) await feed.poll(results, NOW + poll);
    results.put(lateOf('2', NOW - 50_000, 'click'));
    for (let poll = 0; poll < 10; poll += 1) await feed.poll(results, NOW + poll);
    expect(counts(feed)).toEqual([[-50_000, 1], [0, 1]]); // prettier-ignore
  });

  it('immediately finds a result of the previous bucket, even after a long time without results', async () => {
    const results = new InMemoryResults();
    const feed = feedOf(100, 600_000);
    results.put(lateOf('1', NOW, 'click'));
    for (let second = 0; second < 10; second += 1) await feed.poll(results, NOW + second * 1_000);
    // The next bucket begins while a result of the previous one is still in flight.
    results.put(lateOf('2', NOW + 10_000, 'click'));
    await feed.poll(results, NOW + 10_000);
    results.put(lateOf('3', NOW + 9_999, 'click'));
    expect(await feed.poll(results, NOW + 11_000)).toBe(1);
    expect(counts(feed)).toEqual([[0, 2], [10_000, 1]]); // prettier-ignore
  });

  it('stops reading a bucket that no longer gets results', async () => {
    const results = new InMemoryResults();
    const feed = feedOf(100, 600_000);
    results.put(lateOf('1', NOW, 'click'), lateOf('2', NOW + 10_000, 'click'));
    while (!feed.caughtUp) await feed.poll(results, NOW + 10_000);
    const read = jest.spyOn(results, 'read');
    const reads = () => read.mock.calls.filter(([, { from, to }]) => from <= NOW && to > NOW).length;
    for (let poll = 0; poll < 40; poll += 1) await feed.poll(results, NOW + 10_000);
    expect(reads()).toBeLessThan(20);
  });

  it('soon reads everything again when a backlog arrives', async () => {
    const results = new InMemoryResults();
    const feed = feedOf(100, 600_000);
    while (!feed.caughtUp) await feed.poll(results, NOW);
    for (let back = 0; back < 60; back += 1) results.put(lateOf(String(back), NOW - back * 10_000, 'click'));
    for (let poll = 0; poll < 6; poll += 1) await feed.poll(results, NOW + poll);
    expect(counts(feed)).toHaveLength(60);
  });

  it('has whole buckets when only their sum exceeds the limit', async () => {
    const results = new InMemoryResults();
    const feed = feedOf(2);
    for (const [id, time] of [
      ['1', -20_000],
      ['2', -20_000],
      ['3', -10_000],
      ['4', -10_000],
      ['5', 0],
    ] as const)
      results.put(lateOf(id, NOW + time, 'click'));
    while (!feed.caughtUp) await feed.poll(results, NOW);
    expect(counts(feed)).toEqual([[-20_000, 2], [-10_000, 2], [0, 1]]); // prettier-ignore
    expect(feed.complete).toBe(true);
    results.put(lateOf('6', NOW, 'click'), lateOf('7', NOW, 'click'));
    await feed.poll(results, NOW);
    expect(counts(feed)).toEqual([[-20_000, 2], [-10_000, 2], [0, 2]]); // prettier-ignore
    expect(feed.complete).toBe(false);
  });

  it('drops buckets older than its limit, by the newest result instead of the clock', async () => {
    const results = new InMemoryResults();
    const feed = feedOf();
    results.put(lateOf('1', NOW, 'click'));
    await feed.poll(results, NOW);
    await feed.poll(results, NOW + 50_000_000);
    expect(counts(feed)).toEqual([[0, 1]]);
    results.put(lateOf('2', NOW + 200_000, 'click'));
    await feed.poll(results, NOW + 200_000);
    expect(counts(feed)).toEqual([[200_000, 1]]);
  });

  it('reports that it is incomplete when a bucket has more results than it reads', async () => {
    const results = new InMemoryResults();
    const feed = feedOf(2);
    results.put(...['1', '2', '3'].map((id) => lateOf(id, NOW, 'click')));
    await feed.poll(results, NOW);
    expect(feed.complete).toBe(false);
    expect(counts(feed)).toEqual([[0, 2]]);
  });

  it('keeps its data when the table cannot be read', async () => {
    const results = new InMemoryResults();
    const feed = feedOf();
    results.put(lateOf('1', NOW, 'click'));
    await feed.poll(results, NOW);
    results.failure = new Error('no table');
    await expect(feed.poll(results, NOW)).rejects.toThrow('no table');
    expect(counts(feed)).toEqual([[0, 1]]);
  });
});

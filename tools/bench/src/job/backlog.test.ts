import { inputRecord } from '@ad-analytics/recorded-traffic';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';
import { backlog } from './backlog';

const PLAN = { events: 2_000, seed: 1, rate: 100, skewed: true };

function impressionsByShard(plan: typeof PLAN): number[] {
  const fill = SHARD_FILL.map(() => 0);
  for (const { stream, data } of backlog(plan)) {
    if (stream !== 'impressions') continue;
    const shard = shardOfKey(inputRecord(Buffer.from(data)).partitionKey, fill.length);
    fill[shard] = (fill[shard] ?? 0) + 1;
  }
  return fill;
}

describe('backlog', () => {
  it('has the requested number of records of both streams, and the same records at each call', () => {
    const records = [...backlog(PLAN)];
    expect(records).toHaveLength(2_000);
    expect(new Set(records.map(({ stream }) => stream))).toEqual(new Set(['impressions', 'clicks']));
    expect([...backlog(PLAN)]).toEqual(records);
    expect([...backlog({ ...PLAN, seed: 2 })]).not.toEqual(records);
  });

  it('fills the shards unevenly or evenly', () => {
    const [first, , , last] = impressionsByShard(PLAN);
    expect(first! / last!).toBeGreaterThan(10);
    const even = impressionsByShard({ ...PLAN, skewed: false });
    expect(Math.max(...even) / Math.min(...even)).toBeLessThan(1.5);
  });
});

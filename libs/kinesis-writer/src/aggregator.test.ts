import { deaggregate } from '../test/deaggregate';
import { FakeKinesis } from '../test/fake-kinesis';
import { bufferedRecord } from '../test/records';
import { VirtualClock } from '../test/virtual-clock';
import { Aggregator } from './aggregator';
import { ShardMap } from './shard-map';

async function makeAggregator(options: { shards?: number; maxBytes?: number; ordered?: boolean } = {}) {
  const fake = new FakeKinesis(new VirtualClock());
  fake.reshard(options.shards ?? 1);
  const shards = await ShardMap.load(fake, 'stream');
  return { shards, aggregator: new Aggregator(shards, options.maxBytes ?? 1_000, options.ordered ?? false) };
}

it('closes a record before it grows beyond its size, and begins the next with what did not fit', async () => {
  const { aggregator } = await makeAggregator({ maxBytes: 300 });
  const [first, ...others] = Array.from({ length: 20 }, (_, i) =>
    aggregator.add(bufferedRecord('key', `payload ${i}`), i),
  ).flat();
  expect(others.length).toBeGreaterThan(0);
  expect(first?.bytes).toBeLessThanOrEqual(300);
  expect(first?.records.length).toBeGreaterThan(1);
  expect(deaggregate('key', first?.data as Buffer).map(({ data }) => data)).toEqual(
    first?.records.map(({ data }) => Buffer.from(data).toString()),
  );
});

it('sends a record that is too large as it is, behind those of its shard that came before', async () => {
  const { aggregator } = await makeAggregator({ maxBytes: 300 });
  aggregator.add(bufferedRecord('a', 'small'), 0);
  const entries = aggregator.add(bufferedRecord('b', 'x'.repeat(400)), 0);
  expect(entries.map(({ partitionKey, explicitHashKey }) => [partitionKey, explicitHashKey])).toEqual([
    ['a', undefined],
    ['b', undefined],
  ]);
  expect(aggregator.oldest).toBeUndefined();
});

it('puts only records of one shard together, and routes them there', async () => {
  const { aggregator, shards } = await makeAggregator({ shards: 3, maxBytes: 10_000, ordered: true });
  for (let i = 0; i < 100; i += 1) aggregator.add(bufferedRecord(`key-${i}`), 0);
  const entries = aggregator.closeGroups();
  expect(entries).toHaveLength(3);
  for (const { records, expectedShard, explicitHashKey, orderKey } of entries) {
    expect(new Set(records.map(({ partitionKey }) => shards.find(partitionKey).shardId))).toEqual(
      new Set([expectedShard]),
    );
    expect(explicitHashKey).toBe(shards.find((records[0] as { partitionKey: string }).partitionKey).startingHashKey);
    expect(orderKey).toBe(expectedShard);
  }
});

it('closes those that have been open long enough', async () => {
  const { aggregator, shards } = await makeAggregator({ shards: 2 });
  const other = Array.from({ length: 50 }, (_, i) => `k${i}`).find(
    (key) => shards.find(key).shardId !== shards.find('a').shardId,
  );
  aggregator.add(bufferedRecord('a'), 100);
  aggregator.add(bufferedRecord(other as string), 150);
  aggregator.add(bufferedRecord('a'), 190);
  expect(aggregator.oldest).toBe(100);
  expect(aggregator.closeGroups(199, 100)).toEqual([]);
  expect(aggregator.closeGroups(200, 100)).toMatchObject([
    { since: 100, records: [{ partitionKey: 'a' }, { partitionKey: 'a' }] },
  ]);
  expect(aggregator.oldest).toBe(150);
});

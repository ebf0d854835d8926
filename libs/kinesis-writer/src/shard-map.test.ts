import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Shard } from '@aws-sdk/client-kinesis';
import { FakeKinesis } from '../test/fake-kinesis';
import { VirtualClock } from '../test/virtual-clock';
import { ShardMap } from './shard-map';

const END = (1n << 128n) - 1n;

function shard(id: string, from: bigint, to: bigint, closed = false): Shard {
  return {
    ShardId: id,
    HashKeyRange: { StartingHashKey: String(from), EndingHashKey: String(to) },
    SequenceNumberRange: { StartingSequenceNumber: '1', ...(closed && { EndingSequenceNumber: '9' }) },
  };
}

function load(shards: Shard[]): Promise<ShardMap> {
  const listShards = async () => ({ Shards: shards, $metadata: {} });
  return ShardMap.load({ listShards, putRecords: () => Promise.reject(new Error('not used')) }, 'stream');
}

it('finds the open shard that holds the MD5 of a key, whatever the split', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.bigInt({ min: 1n, max: END }), { maxLength: 8 }),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      async (starts, key) => {
        const sorted = [0n, ...starts.sort((a, b) => (a < b ? -1 : 1))];
        const shards = sorted.map((from, i) => shard(`s${i}`, from, (sorted[i + 1] ?? END + 1n) - 1n));
        const map = await load([shard('parent', 0n, END, true), ...shards.reverse()]);
        const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
        const index = sorted.filter((from) => from <= hash).length - 1;
        expect(map.find(key)).toMatchObject({ shardId: `s${index}`, startingHashKey: String(sorted[index]) });
      },
    ),
  ));

it('reads every page', async () => {
  const fake = new FakeKinesis(new VirtualClock());
  fake.reshard(5);
  const map = await ShardMap.load(fake, 'stream');
  const found = new Set(Array.from({ length: 200 }, (_, i) => map.find(`key-${i}`).shardId));
  expect(found.size).toBe(5);
  expect(fake.listShardsCalls).toBe(3);
});

it.each([
  ['a gap', [shard('a', 0n, 9n), shard('b', 11n, END)]],
  ['the end missing', [shard('a', 0n, END - 1n)]],
  ['no shard', []],
])('refuses %s', async (_, shards) => {
  await expect(load(shards)).rejects.toThrow('the open shards of stream stream do not cover all hash keys');
});

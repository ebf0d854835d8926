import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { shardOfKey } from './shard-of-key';

describe('shardOfKey', () => {
  it('divides the range of MD5 hashes evenly', () => {
    // MD5 of the empty text is d41d8cd9..., of "a" 0cc175b9..., both well known.
    expect([2, 4, 16].map((shards) => shardOfKey('', shards))).toEqual([1, 3, 0xd]);
    expect([2, 4, 16].map((shards) => shardOfKey('a', shards))).toEqual([0, 0, 0]);
  });

  it('agrees with the hash key ranges of a new stream', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 50 }), (key, shards) => {
        const hash = BigInt(`0x${createHash('md5').update(key, 'utf8').digest('hex')}`);
        const size = (1n << 128n) / BigInt(shards);
        const ranges = Array.from({ length: shards }, (_, n) => ({
          first: BigInt(n) * size,
          last: n === shards - 1 ? (1n << 128n) - 1n : BigInt(n + 1) * size - 1n,
        }));
        const { first, last } = ranges[shardOfKey(key, shards)] ?? { first: -1n, last: -1n };
        expect(first <= hash && hash <= last).toBe(true);
      }),
    );
  });
});

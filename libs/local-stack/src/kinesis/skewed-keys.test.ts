import { shardOfKey } from './shard-of-key';
import { SHARD_FILL, keyInShard, skewedKey } from './skewed-keys';

describe('skewedKey', () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => `impression-${index}`);
  const shards = ids.map((id) => shardOfKey(skewedKey(id), SHARD_FILL.length));

  it('fills the shards in the given proportions', () => {
    SHARD_FILL.forEach((percent, shard) => {
      const found = shards.filter((other) => other === shard).length / (ids.length / 100);
      expect(Math.abs(found - percent)).toBeLessThan(1);
    });
  });

  it('is deterministic, and keeps ids distinct', () => {
    expect(ids.map(skewedKey)).toEqual(ids.map(skewedKey));
    expect(new Set(ids.map(skewedKey)).size).toBe(ids.length);
  });
});

describe('keyInShard', () => {
  it('does not change an id that is already in the shard', () => {
    const shard = shardOfKey('a', SHARD_FILL.length);
    expect(keyInShard('a', shard)).toBe('a');
    expect(shardOfKey(keyInShard('a', (shard + 1) % SHARD_FILL.length), SHARD_FILL.length)).not.toBe(shard);
  });
});

import { createHash } from 'node:crypto';
import { shardOfKey } from './shard-of-key';

/**
 * Share of each shard in the impressions, in percent. With these shares, the shards of a backlog are read to very different event times.
 * */
export const SHARD_FILL: readonly number[] = [70, 20, 8, 2];

const DRAWS = 2 ** 32;

/** @returns a pseudorandom shard: the same id always gives the same shard, and many ids have the given distribution */
function drawnShard(id: string): number {
  const total = SHARD_FILL.reduce((sum, share) => sum + share, 0);
  // Not MD5, because Kinesis uses MD5 for the shard of a key.
  let rest = (createHash('sha256').update(id).digest().readUInt32BE(0) / DRAWS) * total;
  const shard = SHARD_FILL.findIndex((share) => (rest -= share) < 0);
  return shard === -1 ? SHARD_FILL.length - 1 : shard;
}

/** @returns the id with the smallest appended number that maps it to this shard */
export function keyInShard(id: string, shard: number): string {
  for (let number = 0; ; number += 1) {
    const key = number === 0 ? id : `${id}-${number}`;
    if (shardOfKey(key, SHARD_FILL.length) === shard) return key;
  }
}

/** @returns the id with an appended number; as partition keys, these ids fill the shards according to SHARD_FILL */
export function skewedKey(id: string): string {
  return keyInShard(id, drawnShard(id));
}

import { createHash } from 'node:crypto';
import { shardOfKey } from './shard-of-key';

/** Share of each shard in the impressions, in percent: a backlog in which the shards are read to very different event times. */
export const SHARD_FILL: readonly number[] = [70, 20, 8, 2];

const DRAWS = 2 ** 32;

/** @returns a shard, drawn from the id: the same id always gives the same one, and many ids fill the shards as they should */
function drawnShard(id: string): number {
  const total = SHARD_FILL.reduce((sum, share) => sum + share, 0);
  // Not MD5, which decides the shard of the key itself.
  let rest = (createHash('sha256').update(id).digest().readUInt32BE(0) / DRAWS) * total;
  const shard = SHARD_FILL.findIndex((share) => (rest -= share) < 0);
  return shard === -1 ? SHARD_FILL.length - 1 : shard;
}

/** @returns the id, with the least number added to it that puts it into this shard */
export function keyInShard(id: string, shard: number): string {
  for (let number = 0; ; number += 1) {
    const key = number === 0 ? id : `${id}-${number}`;
    if (shardOfKey(key, SHARD_FILL.length) === shard) return key;
  }
}

/** @returns the id in another spelling, which as a partition key fills the shards of a stream by SHARD_FILL */
export function skewedKey(id: string): string {
  return keyInShard(id, drawnShard(id));
}

import { createHash } from 'node:crypto';

const HASH_KEYS = 1n << 128n;

/**
 * The shard of a record in a stream whose shards were never split or merged. Kinesis interprets the MD5 of the partition key as a 128-bit
 * number. A new stream divides the range of these numbers evenly; the last shard also gets the remainder.
 * @param partitionKey of the record
 * @param shards of the stream, at least 1
 * @returns index of the shard, from 0
 */
export function shardOfKey(partitionKey: string, shards: number): number {
  const hash = BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
  const size = HASH_KEYS / BigInt(shards);
  return Math.min(Number(hash / size), shards - 1);
}

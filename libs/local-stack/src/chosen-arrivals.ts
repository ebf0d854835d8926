import { shardOfKey } from './kinesis/shard-of-key';

/**
 * The partition key of a record with a chosen arrival time, in a local stack with controlled_streams.py.
 * @param arrivalMs arrival time, milliseconds since the epoch
 * @param partitionKey that the record would have otherwise
 * @param shards of the stream
 * @returns a key that maps to the same shard
 */
export function keyOfArrival(arrivalMs: number, partitionKey: string, shards: number): string {
  const shard = shardOfKey(partitionKey, shards);
  for (let attempt = 0; ; attempt += 1) {
    const key = `arrived-${arrivalMs}-${attempt}`;
    if (shardOfKey(key, shards) === shard) return key;
  }
}

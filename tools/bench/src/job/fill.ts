import { inputRecord, recordLines } from '@ad-analytics/recorded-traffic';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';

/**
 * @param file recorded traffic, JSONL
 * @param shards of its stream, with even ranges of keys
 * @returns number of its records that each shard gets
 */
export async function fillOfShards(file: string, shards: number): Promise<number[]> {
  const fill = Array.from({ length: shards }, () => 0);
  for await (const line of recordLines(file)) {
    const shard = shardOfKey(inputRecord(line).partitionKey, shards);
    fill[shard] = (fill[shard] ?? 0) + 1;
  }
  return fill;
}

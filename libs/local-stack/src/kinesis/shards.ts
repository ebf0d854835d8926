import { createHash } from 'node:crypto';
import { type KinesisClient, ListShardsCommand, MergeShardsCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';

/** An open shard. */
export interface OpenShard {
  readonly id: string;
  /** First and last hash key, both inclusive. */
  readonly from: bigint;
  readonly to: bigint;
}

/** @returns the open shards of a stream, in the order of their hash keys */
export async function openShards(kinesis: KinesisClient, stream: string): Promise<OpenShard[]> {
  const { Shards: shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: stream }));
  return shards
    .filter((shard) => shard.SequenceNumberRange?.EndingSequenceNumber === undefined)
    .map((shard) => ({
      id: shard.ShardId ?? '',
      from: BigInt(shard.HashKeyRange?.StartingHashKey ?? 0),
      to: BigInt(shard.HashKeyRange?.EndingHashKey ?? 0),
    }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** @returns a partition key for this shard: the text with the smallest suitable number appended */
export function keyInOpenShard(text: string, { from, to }: OpenShard): string {
  for (let number = 0; ; number += 1) {
    const key = number === 0 ? text : `${text}-${number}`;
    const hash = BigInt(`0x${createHash('md5').update(key, 'utf8').digest('hex')}`);
    if (from <= hash && hash <= to) return key;
  }
}

/** Splits a shard into two halves. */
export async function splitShard(kinesis: KinesisClient, stream: string, shard: OpenShard): Promise<void> {
  const middle = (shard.from + shard.to) / 2n;
  await kinesis.send(
    new SplitShardCommand({ StreamName: stream, ShardToSplit: shard.id, NewStartingHashKey: String(middle) }),
  );
}

/** Merges two adjacent shards. */
export async function mergeShards(
  kinesis: KinesisClient,
  stream: string,
  one: OpenShard,
  other: OpenShard,
): Promise<void> {
  await kinesis.send(
    new MergeShardsCommand({ StreamName: stream, ShardToMerge: one.id, AdjacentShardToMerge: other.id }),
  );
}

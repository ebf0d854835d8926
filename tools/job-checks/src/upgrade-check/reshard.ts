import { DescribeStreamCommand, MergeShardsCommand, SplitShardCommand, type Shard } from '@aws-sdk/client-kinesis';
import type { CaseContext } from './run-case';
import type { InputStream, UpgradeRun } from './upgrade-run';

const STREAMS: readonly InputStream[] = ['impressions', 'clicks'];

const start = (shard: Shard) => BigInt(shard.HashKeyRange?.StartingHashKey ?? 0);
const end = (shard: Shard) => BigInt(shard.HashKeyRange?.EndingHashKey ?? 0);
const id = (shard: Shard) => shard.ShardId ?? '';

/**
 * Splits the first shard of both input streams, or merges the first two. The local AWS removes the parent shards and their
 * records at once. So the job must have read the records, and they are kept here for the check.
 */
export async function reshard({ stack }: CaseContext, run: UpgradeRun, how: 'split' | 'merge'): Promise<void> {
  for (const stream of STREAMS) {
    const StreamName = run.settings[stream].streamName;
    const described = await stack.kinesis.send(new DescribeStreamCommand({ StreamName }));
    const shards = (described.StreamDescription?.Shards ?? []).sort((a, b) => (start(a) < start(b) ? -1 : 1));
    const [first, second] = shards;
    if (first === undefined || second === undefined) throw new Error(`${StreamName} has fewer than two shards`);
    if (how === 'split') {
      await run.keepShards(stream, [id(first)]);
      const middle = (start(first) + end(first)) / 2n;
      await stack.kinesis.send(
        new SplitShardCommand({ StreamName, ShardToSplit: id(first), NewStartingHashKey: String(middle) }),
      );
    } else {
      await run.keepShards(stream, [id(first), id(second)]);
      await stack.kinesis.send(
        new MergeShardsCommand({ StreamName, ShardToMerge: id(first), AdjacentShardToMerge: id(second) }),
      );
    }
  }
}

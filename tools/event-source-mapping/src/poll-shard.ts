import { type GatherOptions, type ShardSource, gatherBatches } from './gather-batches';
import { type BatchOptions, processBatch } from './process-batch';

/** What polling a shard needs. */
export type PollOptions = BatchOptions & GatherOptions;

/**
 * Polls one shard: the next batch is delivered when every record of the one before has come to its end.
 * @param source of the shard
 * @param options see BatchOptions and GatherOptions
 * @throws what the source or the on-failure destination throws; what was not done then has not been skipped
 */
export async function pollShard(source: ShardSource, options: PollOptions): Promise<void> {
  for await (const batch of gatherBatches(source, options)) {
    if (!(await processBatch(batch, options))) return;
  }
}

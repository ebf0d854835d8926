import { type GatherOptions, type ShardSource, gatherBatches } from './gather-batches';
import { type BatchOptions, processBatch } from './process-batch';

/** Options for polling a shard. */
export type PollOptions = BatchOptions & GatherOptions;

/**
 * Polls one shard: the next batch is delivered when every record of the previous one was processed or discarded.
 * @param source of the shard
 * @param options see BatchOptions and GatherOptions
 * @throws errors of the source or the on-failure destination; unprocessed records are not skipped
 */
export async function pollShard(source: ShardSource, options: PollOptions): Promise<void> {
  for await (const batch of gatherBatches(source, options)) {
    if (!(await processBatch(batch, options))) return;
  }
}

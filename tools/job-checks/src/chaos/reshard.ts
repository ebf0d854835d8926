import { anyMoment } from './moments';
import type { Counts, Target } from './scenario';
import { mergeShards, openShards, splitShard } from '@ad-analytics/local-stack/kinesis/shards';

/** Splits the fullest shard of both input streams while traffic flows, and later merges the two emptiest. */
export async function splitAndMerge(target: Target): Promise<Counts> {
  const { stack, run, say } = target;
  const streams = [run.settings.impressions.streamName, run.settings.clicks.streamName];
  await anyMoment(target, 5_000, 12_000);
  for (const stream of streams) {
    const [fullest] = await openShards(stack.kinesis, stream);
    if (fullest === undefined) throw new Error(`${stream} has no open shard`);
    await splitShard(stack.kinesis, stream, fullest);
  }
  say('The fullest shard of both streams is split');
  await anyMoment(target, 8_000, 15_000);
  for (const stream of streams) {
    const [one, other] = (await openShards(stack.kinesis, stream)).slice(-2);
    if (one === undefined || other === undefined) throw new Error(`${stream} has fewer than two open shards`);
    await mergeShards(stack.kinesis, stream, one, other);
  }
  say('The two emptiest shards of both streams are merged');
  return { 'shards split': streams.length, 'pairs of shards merged': streams.length };
}

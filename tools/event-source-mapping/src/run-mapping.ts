import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { listShardIds } from '@ad-analytics/local-stack/kinesis/read-shard';
import { SYSTEM_CLOCK } from './clock';
import { HandlerProcess, type HandlerSpec } from './handler-process';
import { kinesisEvent } from './kinesis-event';
import { KinesisSource } from './kinesis-source';
import type { MappingSettings } from './mapping-settings';
import { onFailureQueue } from './on-failure-queue';
import { patientSource, patiently } from './patient-source';
import { pollShard } from './poll-shard';
import type { ShardEvent } from './process-batch';

/** How long a running invocation may continue after the stop of the mapping, in milliseconds. */
const STOP_GRACE_MS = 5_000;
/** Events before the shards are known. */
const ANY_SHARD = '';

/** An event source mapping of a local stream to a bundled function. */
export interface Mapping {
  readonly kinesis: KinesisClient;
  readonly queues: SQSClient;
  readonly streamName: string;
  readonly streamArn: string;
  readonly region: string;
  readonly roleArn: string;
  readonly onFailureQueueUrl: string;
  readonly handler: HandlerSpec;
  readonly settings: MappingSettings;
  /** Called with each event of a shard. */
  readonly observe: (event: ShardEvent, shardId: string) => void;
}

/**
 * Polls every shard of the stream, each with a separate execution environment, like Lambda.
 * @param mapping see Mapping
 * @param ends `stop`: end after the running invocations, or 5 s later; `drain`: end when everything that was written before the signal is
 * processed
 * @returns when one of these has happened and no process of the function remains
 * @throws the error of a shard, after the other shards were stopped
 */
export async function runMapping(
  mapping: Mapping,
  ends: { readonly stop: AbortSignal; readonly drain: AbortSignal },
): Promise<void> {
  const { kinesis, queues, streamName, streamArn, region, roleArn, settings, handler } = mapping;
  const failed = new AbortController();
  const stop = AbortSignal.any([ends.stop, failed.signal]);
  const patienceFor = (shardId: string) => ({
    clock: SYSTEM_CLOCK,
    random: Math.random,
    stop,
    observe: (event: ShardEvent) => mapping.observe(event, shardId),
  });
  const shardIds = (await patiently(() => listShardIds(kinesis, streamName), patienceFor(ANY_SHARD))) ?? [];
  const open = (shardId: string) => KinesisSource.open(kinesis, streamName, shardId, settings.startingPosition);
  // All sources are opened before the first batch, so that LATEST is the same time for each shard.
  const opened = await Promise.all(shardIds.map((shardId) => patiently(() => open(shardId), patienceFor(shardId))));
  const sources = opened.filter((source) => source !== undefined);
  const processes: HandlerProcess[] = [];
  const polls = sources.map((shard, at) => {
    const source = { shardId: shardIds[at] ?? '', streamArn, region, roleArn };
    const process = new HandlerProcess(handler);
    processes.push(process);
    const common = patienceFor(source.shardId);
    return pollShard(patientSource(shard, common), {
      ...common,
      settings,
      drain: ends.drain,
      invoke: (records) => process.invoke(kinesisEvent(records, source)),
      discard: onFailureQueue(queues, mapping.onFailureQueueUrl, { source, functionArn: handler.functionArn }),
    });
  });
  const close = () => processes.forEach((process) => process.close());
  let grace: NodeJS.Timeout | undefined;
  stop.addEventListener('abort', () => (grace = setTimeout(close, STOP_GRACE_MS)), { once: true });
  try {
    await Promise.all(polls);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(polls);
    throw error;
  } finally {
    clearTimeout(grace);
    close();
  }
}

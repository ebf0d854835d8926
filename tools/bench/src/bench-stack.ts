import { DEMO_SETTINGS } from '@ad-analytics/demo/demo-settings';
import type { ResultRecord } from '@ad-analytics/event-schemas';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import { listShardIds, readShard } from '@ad-analytics/local-stack/kinesis/read-shard';
import { type ManagedProcess, describeEnd } from '@ad-analytics/local-stack/managed-process';
import { type LocalStack, withLocalStack } from '@ad-analytics/local-stack/stack';
import { type StackFlags, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import type { BenchSession } from './bench-session';

/**
 * Runs `work` with a local stack.
 * @param name of its folder. The folder is in that of the session, so that other commands do not confuse it with the user's stack
 * @param taskManagerCores default: all cores
 * @param overrides of the job's settings; default: the windows of the demo
 */
export function withBenchStack<T>(
  name: string,
  flags: StackFlags,
  { folder, say, signal }: BenchSession,
  work: (stack: LocalStack) => Promise<T>,
  taskManagerCores?: number,
  overrides: Readonly<Record<string, string>> = DEMO_SETTINGS,
): Promise<T> {
  const options = stackOptions(name, flags, { restart: 'none', onProgress: say }, overrides);
  return withLocalStack({ ...options, runRoot: folder, taskManagerCores }, signal, work);
}

/** @returns the description of such a stack for the report */
export function stackSettings(
  flags: StackFlags,
  overrides: Readonly<Record<string, string>> = DEMO_SETTINGS,
): Record<string, string | number> {
  return {
    'shards of each stream': flags.shards,
    parallelism: flags.parallelism,
    'managed memory, MiB': flags.managedMemory,
    'heap, MiB': flags.taskHeap,
    'seconds between checkpoints': flags.checkpointSeconds,
    ...overrides,
    ...flags.configOverrides,
  };
}

/**
 * Stops a generator, which then sends its buffered events.
 * @param graceMs time for that, milliseconds
 * @throws JobFailedError if it could not send an event
 */
export async function stopGenerator(generator: ManagedProcess, graceMs: number): Promise<void> {
  await generator.stop(graceMs);
  const end = await generator.ended;
  if (end.code !== 0)
    throw new JobFailedError(`The generator ${describeEnd(end)}; see ${generator.logFiles.join(', ')}`);
}

/**
 * Reads all results of a stack.
 * @param take called with each result and the time of its arrival, milliseconds since the epoch
 * @throws JobFailedError if a result does not match the contract
 */
export async function readArrivals(
  { kinesis, settings }: Pick<LocalStack, 'kinesis' | 'settings'>,
  take: (record: ResultRecord, arrivalMs: number) => void,
): Promise<void> {
  const { streamName } = settings.results;
  for (const shard of await listShardIds(kinesis, streamName)) {
    for await (const batch of readShard(kinesis, streamName, shard)) {
      for (const { data, arrivalTime } of batch) {
        const parsed = parseResult(data);
        if ('problem' in parsed) throw new JobFailedError(`A result does not match the contract: ${parsed.problem}`);
        take(parsed.record, arrivalTime);
      }
    }
  }
}

import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { type ShardRecord, listShardIds, readShard } from '@ad-analytics/local-stack/kinesis/read-shard';
import { CommandError } from '@ad-analytics/command-line/errors';
import { userRecords } from '@ad-analytics/local-stack/kinesis/aggregated-record';
import type { Input, Results, SourceRecord } from './input';

/**
 * Reads a stream shard by shard, from the oldest record, or from an arrival time, to the newest.
 * @throws CommandError (exit code 2) with the name of a stream that cannot be read; the signal's reason
 */
async function* readStream(
  client: KinesisClient,
  stream: string,
  signal: AbortSignal,
  from?: Date,
): AsyncGenerator<{ shard: string; batch: ShardRecord[] }> {
  try {
    for (const shard of await listShardIds(client, stream)) {
      for await (const batch of readShard(client, stream, shard, { signal, ...(from === undefined ? {} : { from }) }))
        yield { shard, batch };
    }
  } catch (error) {
    signal.throwIfAborted();
    const { name, message } = error as Error;
    throw new CommandError(
      `Cannot read the stream ${stream} (${name}: ${message}). Check that the stack still runs and that the settings belong to it.`,
      2,
    );
  }
}

/**
 * The input of a stream, read from the stream itself.
 * @param client for the stream
 * @param stream name
 * @param signal ends the reading
 */
export function streamInput(client: KinesisClient, stream: string, signal: AbortSignal): Input {
  async function* records(): AsyncGenerator<SourceRecord> {
    for await (const { shard, batch } of readStream(client, stream, signal)) {
      for (const record of batch) {
        for (const { sequence, data } of userRecords(record)) {
          yield { shard, sequence, arrivalTime: record.arrivalTime, data };
        }
      }
    }
  }
  return { hasPositions: true, records };
}

/** Like `streamInput`, for the result stream; `from` is the arrival time of the first record. */
export function streamResults(client: KinesisClient, stream: string, signal: AbortSignal, from?: Date): Results {
  async function* records(): AsyncGenerator<Uint8Array> {
    for await (const { batch } of readStream(client, stream, signal, from)) for (const { data } of batch) yield data;
  }
  return { records };
}

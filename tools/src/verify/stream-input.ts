import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { listShardIds, readShard } from '../kinesis/read-shard';
import { userRecords } from './aggregated-record';
import type { Input, Results, SourceRecord } from './input';

/**
 * The input of a stream, read from the stream itself: shard after shard, from the oldest record to the newest.
 * @param client for the stream
 * @param stream name
 * @param signal ends the reading
 */
export function streamInput(client: KinesisClient, stream: string, signal: AbortSignal): Input {
  async function* records(): AsyncGenerator<SourceRecord> {
    for (const shard of await listShardIds(client, stream)) {
      for await (const batch of readShard(client, stream, shard, { signal })) {
        for (const record of batch) {
          for (const { sequence, data } of userRecords(record)) {
            yield { shard, sequence, arrivalTime: record.arrivalTime, data };
          }
        }
      }
    }
  }
  return { hasPositions: true, records };
}

/** As `streamInput`, for the result stream. */
export function streamResults(client: KinesisClient, stream: string, signal: AbortSignal): Results {
  async function* records(): AsyncGenerator<Uint8Array> {
    for (const shard of await listShardIds(client, stream)) {
      for await (const batch of readShard(client, stream, shard, { signal })) {
        for (const { data } of batch) yield data;
      }
    }
  }
  return { records };
}

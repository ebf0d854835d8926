import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { userRecords } from './aggregated-record';
import { listShardIds, readShard } from './read-shard';

/** @returns the number of events in a stream; parts of aggregated records count separately */
export async function countRecords(client: KinesisClient, stream: string): Promise<number> {
  let count = 0;
  for (const shard of await listShardIds(client, stream)) {
    for await (const batch of readShard(client, stream, shard)) {
      for (const record of batch) count += userRecords(record).length;
    }
  }
  return count;
}

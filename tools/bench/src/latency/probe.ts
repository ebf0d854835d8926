import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';

const PROBE_MS = 250;

/** Round trips to Kinesis, milliseconds. */
export interface RoundTrips {
  readonly put: readonly number[];
  readonly get: readonly number[];
}

/**
 * Times requests of one record to a stream, one after the other with pauses, while other requests keep Kinesis busy.
 * @param stream with one shard, for this alone
 * @param signal ends it
 */
export async function probeKinesis(client: KinesisClient, stream: string, signal: AbortSignal): Promise<RoundTrips> {
  const put: number[] = [];
  const get: number[] = [];
  const timed = async <T>(times: number[], request: Promise<T>): Promise<T> => {
    const start = performance.now();
    const answer = await request;
    times.push(performance.now() - start);
    return answer;
  };
  const record = { PartitionKey: 'probe', Data: Buffer.from('{}') };
  const shard = { StreamName: stream, ShardId: 'shardId-000000000000' };
  let { ShardIterator: iterator } = await client.send(
    new GetShardIteratorCommand({ ...shard, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  while (!signal.aborted) {
    await timed(put, client.send(new PutRecordsCommand({ StreamName: stream, Records: [record] })));
    const answer = await timed(get, client.send(new GetRecordsCommand({ ShardIterator: iterator })));
    iterator = answer.NextShardIterator;
    await sleep(PROBE_MS, undefined, { signal }).catch(() => {});
  }
  return { put, get };
}

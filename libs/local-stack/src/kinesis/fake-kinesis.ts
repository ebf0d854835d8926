import type { KinesisClient } from '@aws-sdk/client-kinesis';
import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';

/** Arrival time of a shard's first record, milliseconds since the epoch; each further record arrives a millisecond later. */
const FIRST_ARRIVAL = 1_000;

/** Records of a stream by shard, each as text; records that are added during reading are also returned. */
export type FakeShards = Record<string, string[]>;

/**
 * A Kinesis stream in memory, for tests of readers: two shards per page, `pageSize` records per request.
 * @param shards content
 * @param options `expireOnce`: the iterator of the second request has expired
 */
export function fakeKinesis(
  shards: FakeShards,
  options: { pageSize?: number; expireOnce?: boolean } = {},
): KinesisClient {
  const pageSize = options.pageSize ?? 2;
  let requests = 0;
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof ListShardsCommand) {
      const ids = Object.keys(shards);
      const from = Number(command.input.NextToken ?? 0);
      const next = from + 2;
      return {
        Shards: ids.slice(from, next).map((ShardId) => ({ ShardId })),
        NextToken: next < ids.length ? String(next) : undefined,
      };
    }
    if (command instanceof GetShardIteratorCommand) {
      const { ShardId, StartingSequenceNumber: after, Timestamp: from } = command.input;
      const start = from === undefined ? 0 : Math.max(0, from.getTime() - FIRST_ARRIVAL);
      return { ShardIterator: `${ShardId}:${after === undefined ? start : Number(after) + 1}` };
    }
    if (command instanceof GetRecordsCommand) {
      requests += 1;
      if (options.expireOnce && requests === 2)
        throw new ExpiredIteratorException({ message: 'too old', $metadata: {} });
      const [shard = '', at = '0'] = (command.input.ShardIterator ?? '').split(':');
      const from = Number(at);
      const all = shards[shard] ?? [];
      const page = all.slice(from, from + pageSize);
      return {
        Records: page.map((text, i) => ({
          SequenceNumber: String(from + i),
          PartitionKey: 'k',
          ApproximateArrivalTimestamp: new Date(FIRST_ARRIVAL + from + i),
          Data: Buffer.from(text),
        })),
        NextShardIterator: `${shard}:${from + page.length}`,
        MillisBehindLatest: from + page.length < all.length ? 5 : 0,
      };
    }
    throw new Error('the fake does not know this command');
  };
  return { send } as unknown as KinesisClient;
}

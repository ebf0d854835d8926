import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetRecordsCommandOutput,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { setTimeout as sleep } from 'node:timers/promises';

/** Most that one request returns. */
const BATCH = 10_000;
/** A shard takes five reads a second, shared by all its readers. */
const FOLLOW_POLL_MS = 500;
/** The pause doubles while a shard has nothing new, up to this: polls are most of what an idle local AWS does. */
const LONGEST_POLL_MS = 2_000;

/** One record as it lies in a shard. */
export interface ShardRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** When the stream took it, milliseconds since the epoch. */
  readonly arrivalTime: number;
  readonly data: Uint8Array;
}

/** @returns ids of all shards of a stream, in order */
export async function listShardIds(client: KinesisClient, stream: string): Promise<string[]> {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    // A token stands for the stream it was given for.
    const page = await client.send(
      new ListShardsCommand(token === undefined ? { StreamName: stream } : { NextToken: token }),
    );
    for (const shard of page.Shards ?? []) if (shard.ShardId !== undefined) ids.push(shard.ShardId);
    token = page.NextToken;
  } while (token !== undefined);
  return ids.sort();
}

async function iteratorAfter(
  client: KinesisClient,
  stream: string,
  shard: string,
  after: string | undefined,
  from: Date | undefined,
) {
  const start =
    from === undefined
      ? { ShardIteratorType: 'TRIM_HORIZON' as const }
      : { ShardIteratorType: 'AT_TIMESTAMP' as const, Timestamp: from };
  const position =
    after === undefined
      ? start
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, StartingSequenceNumber: after };
  const answer = await client.send(new GetShardIteratorCommand({ StreamName: stream, ShardId: shard, ...position }));
  return answer.ShardIterator;
}

/**
 * Reads a shard from its oldest record on.
 * @param options `from`: from the first record that arrived then or later, instead. `followUntil`: wait for later records until this signal comes, and then still read all that is there; without it
 *   the reading ends at the newest record. `signal` ends it at once
 * @returns batches in the shard's order, never empty ones
 */
export async function* readShard(
  client: KinesisClient,
  stream: string,
  shard: string,
  options: { from?: Date; followUntil?: AbortSignal; signal?: AbortSignal } = {},
): AsyncGenerator<ShardRecord[]> {
  const wake = AbortSignal.any([options.followUntil, options.signal].filter((signal) => signal !== undefined));
  let last: string | undefined;
  let pauseMs = FOLLOW_POLL_MS;
  let iterator = await iteratorAfter(client, stream, shard, last, options.from);
  while (iterator !== undefined && !options.signal?.aborted) {
    // Asked before the request: what was written before the signal is then in an answer to come.
    const follow = options.followUntil !== undefined && !options.followUntil.aborted;
    let answer: GetRecordsCommandOutput;
    try {
      answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: BATCH }));
    } catch (error) {
      // A reader that was busy for five minutes with the last batch.
      if (!(error instanceof ExpiredIteratorException)) throw error;
      iterator = await iteratorAfter(client, stream, shard, last, options.from);
      continue;
    }
    const records = (answer.Records ?? []).map((record) => ({
      sequenceNumber: record.SequenceNumber ?? '',
      partitionKey: record.PartitionKey ?? '',
      arrivalTime: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
      data: record.Data ?? new Uint8Array(),
    }));
    last = records.at(-1)?.sequenceNumber ?? last;
    iterator = answer.NextShardIterator;
    if (records.length > 0) yield records;
    const atEnd = (answer.MillisBehindLatest ?? 0) === 0;
    if (atEnd && !follow) return;
    if (!atEnd) continue;
    pauseMs = records.length > 0 ? FOLLOW_POLL_MS : Math.min(2 * pauseMs, LONGEST_POLL_MS);
    await sleep(pauseMs, undefined, { signal: wake }).catch(() => {});
  }
}

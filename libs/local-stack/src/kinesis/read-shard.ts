import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetRecordsCommandOutput,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { setTimeout as sleep } from 'node:timers/promises';

/** Maximum number of records per request. */
const BATCH = 10_000;
/** A shard allows five reads per second for all its readers together. */
const FOLLOW_POLL_MS = 500;
/**
 * Maximum pause between polls. The pause doubles while a shard has no new records, because polls are most of the load of an idle local
 * AWS.
 */
const LONGEST_POLL_MS = 2_000;

/** A record of a shard. */
export interface ShardRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Arrival time, milliseconds since the epoch. */
  readonly arrivalTime: number;
  readonly data: Uint8Array;
}

/** @returns ids of all shards of a stream, in order */
export async function listShardIds(client: KinesisClient, stream: string): Promise<string[]> {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    // A request with a token must not name the stream.
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
 * Reads a shard from its oldest record.
 * @param options `from`: from the first record that arrived then or later, instead. `followUntil`: wait for later records until this signal comes, and then still read all that is there; without it
 *   the reading ends at the newest record. `signal` ends it at once
 * @returns non-empty batches in the shard's order
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
    // Checked before the request: records that were written before the signal are then in this or a later response.
    const follow = options.followUntil !== undefined && !options.followUntil.aborted;
    let answer: GetRecordsCommandOutput;
    try {
      answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: BATCH }));
    } catch (error) {
      // The iterator expired, because the caller spent more than five minutes on the last batch.
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

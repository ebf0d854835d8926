import { createHash } from 'node:crypto';
import type { Shard } from '@aws-sdk/client-kinesis';
import type { KinesisApi } from './kinesis-api';

/** An open shard, with the first hash key of its range. */
export interface OpenShard {
  readonly shardId: string;
  /** First hash key of the range, decimal, as the service writes it: an explicit hash key that routes here. */
  readonly startingHashKey: string;
}

interface Range extends OpenShard {
  /** Both ends of the range as 32 hexadecimal digits: as text, they have the order of the numbers. */
  readonly from: string;
  readonly to: string;
}

const LARGEST_HASH_KEY = (1n << 128n) - 1n;

function hex(hashKey: bigint): string {
  return hashKey.toString(16).padStart(32, '0');
}

/** @returns the ranges in ascending order; throws if they do not cover all hash keys */
function openRanges(streamName: string, shards: readonly Shard[]): Range[] {
  const ranges: (Range & { start: bigint; end: bigint })[] = [];
  for (const { ShardId: shardId, HashKeyRange: range, SequenceNumberRange: sequence } of shards) {
    // A shard with a last sequence number is closed: it was split or merged.
    if (shardId === undefined || range === undefined || typeof sequence?.EndingSequenceNumber === 'string') continue;
    const start = BigInt(range.StartingHashKey ?? '');
    const end = BigInt(range.EndingHashKey ?? '');
    ranges.push({ shardId, startingHashKey: start.toString(), from: hex(start), to: hex(end), start, end });
  }
  ranges.sort((a, b) => (a.start < b.start ? -1 : 1));
  let next = 0n;
  for (const { start, end } of ranges) {
    if (start !== next) break;
    next = end + 1n;
  }
  if (next !== LARGEST_HASH_KEY + 1n) {
    throw new Error(
      `the open shards of stream ${streamName} do not cover all hash keys. If the stream is being resharded, try again later`,
    );
  }
  return ranges;
}

/** Maps partition keys to shards. */
export class ShardMap {
  private ranges: Range[] = [];

  private constructor(
    private readonly api: KinesisApi,
    private readonly streamName: string,
  ) {}

  /**
   * @param api Kinesis; needs permission for ListShards
   * @param streamName stream
   * @returns the current map; throws when the shards cannot be listed
   */
  static async load(api: KinesisApi, streamName: string): Promise<ShardMap> {
    const map = new ShardMap(api, streamName);
    await map.refresh();
    return map;
  }

  /** Reads the shards again; if that fails, the old map stays. */
  async refresh(): Promise<void> {
    const shards: Shard[] = [];
    let token: string | undefined;
    do {
      const input = token === undefined ? { StreamName: this.streamName } : { NextToken: token };
      const page = await this.api.listShards(input);
      shards.push(...(page.Shards ?? []));
      token = page.NextToken;
    } while (token !== undefined);
    this.ranges = openRanges(this.streamName, shards);
  }

  /**
   * @param partitionKey key of a record
   * @returns the open shard whose range holds the MD5 of the key
   */
  find(partitionKey: string): OpenShard {
    const hash = createHash('md5').update(partitionKey, 'utf8').digest('hex');
    let low = 0;
    let high = this.ranges.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (hash > (this.ranges[middle] as Range).to) low = middle + 1;
      else high = middle;
    }
    return this.ranges[low] as Range;
  }
}

import { AGGREGATED_BASE_BYTES, encodeAggregatedRecord, subRecordBytes } from './aggregated-record';
import type { BufferedRecord, Entry } from './entry';
import { recordBytes } from './limits';
import type { OpenShard, ShardMap } from './shard-map';
import type { UserRecord } from './types';

interface Group<R extends UserRecord> {
  readonly shard: OpenShard;
  readonly records: BufferedRecord<R>[];
  readonly since: number;
  /** Upper bound of the size of the aggregated record. */
  bytes: number;
}

/** @returns an entry with one unaggregated record */
export function plainEntry<R extends UserRecord>(
  record: BufferedRecord<R>,
  since: number,
  orderKey: string | undefined,
): Entry<R> {
  return {
    partitionKey: record.partitionKey,
    explicitHashKey: undefined,
    data: record.data,
    bytes: record.bytes,
    orderKey,
    expectedShard: undefined,
    records: [record],
    since,
    attempts: 0,
    maybeDelivered: false,
  };
}

/** Combines records for the same shard into aggregated records. */
export class Aggregator<R extends UserRecord> {
  private readonly groups = new Map<string, Group<R>>();

  /**
   * @param shards map of partition keys to shards
   * @param maxBytes maximum size of an aggregated record, including
   *   framing and partition key
   * @param ordered whether the entries of a shard get an order key, so that they are sent
   *   one after the other
   */
  constructor(
    private readonly shards: ShardMap,
    private readonly maxBytes: number,
    private readonly ordered: boolean,
  ) {}

  /**
   * @param record to add
   * @param now milliseconds of the writer's clock
   * @returns entries that this record completes, in order; often none
   */
  add(record: BufferedRecord<R>, now: number): Entry<R>[] {
    const shard = this.shards.find(record.partitionKey);
    const bytes = subRecordBytes(record.bytes);
    const done: Entry<R>[] = [];
    let group = this.groups.get(shard.shardId);
    if (group && group.bytes + bytes > this.maxBytes) {
      done.push(this.close(group));
      group = undefined;
    }
    if (!group) {
      // The outer partition key is the first record's.
      const base = AGGREGATED_BASE_BYTES + Buffer.byteLength(record.partitionKey, 'utf8');
      group = { shard, records: [], since: now, bytes: base };
      this.groups.set(shard.shardId, group);
    }
    group.records.push(record);
    group.bytes += bytes;
    // A single record that is already too large is sent immediately, without aggregation.
    if (group.bytes > this.maxBytes) done.push(this.close(group));
    return done;
  }

  /** Start of the oldest open group; undefined if none exists. */
  get oldest(): number | undefined {
    // The groups are in the order of their start.
    for (const { since } of this.groups.values()) return since;
    return undefined;
  }

  /** @returns entries of the groups that have been open for this number of milliseconds; default: of all groups */
  closeGroups(now = Infinity, openMs = 0): Entry<R>[] {
    const entries: Entry<R>[] = [];
    for (const group of this.groups.values()) {
      if (group.since + openMs > now) break;
      entries.push(this.close(group));
    }
    return entries;
  }

  private close(group: Group<R>): Entry<R> {
    const { shard, records } = group;
    this.groups.delete(shard.shardId);
    const [first] = records as [BufferedRecord<R>];
    const orderKey = this.ordered ? shard.shardId : undefined;
    // Framing a single record would only add bytes; the Kinesis Producer Library does not frame it either.
    if (records.length === 1) return plainEntry(first, group.since, orderKey);
    const data = encodeAggregatedRecord(records, shard.startingHashKey);
    return {
      partitionKey: first.partitionKey,
      explicitHashKey: shard.startingHashKey,
      data,
      bytes: recordBytes(first.partitionKey, data),
      orderKey,
      expectedShard: shard.shardId,
      records,
      since: group.since,
      attempts: 0,
      maybeDelivered: false,
    };
  }
}

import type { ActorType, BucketedType, Dimension, ResultOf, ResultRecord } from '@ad-analytics/event-schemas';
import { formatEventTime, parseEventTime, RESULT_DEFINITIONS } from '@ad-analytics/event-schemas';
import { countRank, rank } from './rank';
import { bucketOf, type BucketSize } from './time-bucket';
import { writeShard } from './write-shards';

/** Keys of a result in the indexes; a result without a subject is not in that index and costs nothing there. */
export interface IndexKeys {
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}

type Fields = Readonly<Record<string, unknown>>;

const joined = (...parts: readonly (string | number)[]) => parts.join('#');
const valuesOf = (fields: Fields, names: readonly string[]) => names.map((name) => String(fields[name]));

/**
 * Partition keys of the timelines in the index by subject. Ids may contain a `#`: the id is the last part, so keys are
 * unambiguous.
 */
export const subjectKey = {
  campaignMetrics: (dimension: Dimension, key: string) => joined('campaign_metrics', dimension, key),
  attributionMetrics: (campaignId: string) => joined('attribution_metrics', campaignId),
  fraudAlerts: (actorType: ActorType, actorId: string) => joined('fraud_alert', actorType, actorId),
};

/** Partition keys of the index by time. */
export const timeKey = {
  campaignMetrics: (dimension: Dimension, windowStart: string) => joined('campaign_metrics', dimension, windowStart),
  attributionMetrics: (windowStart: string) => joined('attribution_metrics', windowStart),
  userEngagement: (windowStart: string, shard: number) => joined('user_engagement', windowStart, shard),
  bucket: (type: BucketedType, bucket: string, shard: number) => joined(type, bucket, shard),
};

/** @returns the size of the buckets of a type in the index by time */
export function bucketSize(type: BucketedType): BucketSize {
  const { byTime } = RESULT_DEFINITIONS[type].serving;
  if (!('bucket' in byTime)) throw new Error(`The results of ${type} are not in buckets.`);
  return byTime.bucket;
}

/**
 * @param record late event
 * @returns its arrival in event time: the greatest time that its shard had seen. Its own time
 *   may be hours ago, and users look for events that are late now
 * @throws {RangeError} when the contract's format
 *   cannot express this time
 */
function arrival({ late_event }: ResultOf<'late_event'>): string {
  return formatEventTime(parseEventTime(late_event.event_time) + late_event.lateness_ms);
}

/**
 * @param itemKey key of the item in the table
 * @param windowStart start of the window
 * @param score greatest score of the item
 * @returns keys of an item with scores of a window
 */
export function scoreKeys(itemKey: string, windowStart: string, score: number): IndexKeys {
  return { gsi2pk: timeKey.userEngagement(windowStart, writeShard('user_engagement', itemKey)), gsi2sk: rank(score) };
}

/** @returns keys in the index by time */
function timeKeys(record: ResultRecord, fields: Fields): Pick<IndexKeys, 'gsi2pk' | 'gsi2sk'> {
  const { record_type: type, record_id: id } = record;
  const { byTime, writeShards } = RESULT_DEFINITIONS[type].serving;
  const shard = writeShard(type, id);
  if ('bucket' in byTime) {
    const time = record.record_type === 'late_event' ? arrival(record) : record.event_time;
    return { gsi2pk: joined(type, bucketOf(time, byTime.bucket), shard), gsi2sk: time };
  }
  const ranks = byTime.rank.map(({ field, as }) =>
    as === 'rate' ? rank(fields[field] as number | null) : countRank(fields[field] as number),
  );
  const parts = [...valuesOf(fields, byTime.window), ...(writeShards > 1 ? [shard] : [])];
  return { gsi2pk: joined(type, ...parts), gsi2sk: ranks.join('#') };
}

/**
 * @param record result
 * @returns its keys in the indexes, a function of the record only
 * @throws {RangeError} when a late event's time of arrival is beyond the year 9999
 */
export function indexKeys(record: ResultRecord): IndexKeys {
  const { record_type: type } = record;
  const { subject } = RESULT_DEFINITIONS[type].serving;
  const fields = (record as unknown as Record<string, Fields>)[type] ?? {};
  if (subject === undefined) return timeKeys(record, fields);
  const timeline = { gsi1pk: joined(type, ...valuesOf(fields, subject)), gsi1sk: String(fields['window_start']) };
  return { ...timeline, ...timeKeys(record, fields) };
}

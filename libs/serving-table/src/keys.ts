import type { ActorType, Dimension, RecordType, ResultOf, ResultRecord } from '@ad-analytics/event-schemas';
import { formatEventTime, parseEventTime } from '@ad-analytics/event-schemas';
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

/** Types whose results happen at a moment, not over a window; fraud alerts are found like them. */
export const BUCKET_SIZES = {
  attributed_click: 'minute',
  unattributed_click: 'minute',
  late_event: 'minute',
  rejected_event: 'minute',
  fraud_alert: 'hour',
} as const satisfies Partial<Record<RecordType, BucketSize>>;

/** Types that the index by time holds in buckets. */
export type BucketedType = keyof typeof BUCKET_SIZES;

/** Partition keys of the timelines in the index by subject. Ids may hold a `#`: it is the last part, so nothing is ambiguous. */
export const subjectKey = {
  campaignMetrics: (dimension: Dimension, key: string) => `campaign_metrics#${dimension}#${key}`,
  attributionMetrics: (campaignId: string) => `attribution_metrics#${campaignId}`,
  fraudAlerts: (actorType: ActorType, actorId: string) => `fraud_alert#${actorType}#${actorId}`,
};

/** Partition keys of the index by time. */
export const timeKey = {
  campaignMetrics: (dimension: Dimension, windowStart: string) => `campaign_metrics#${dimension}#${windowStart}`,
  attributionMetrics: (windowStart: string) => `attribution_metrics#${windowStart}`,
  userEngagement: (windowStart: string, shard: number) => `user_engagement#${windowStart}#${shard}`,
  bucket: (type: BucketedType, bucket: string, shard: number) => `${type}#${bucket}#${shard}`,
};

/**
 * @param record late event
 * @returns when it came, in event time: the greatest time its shard had seen. By its own time it would be put hours
 *   back, where no one looks for what is late now
 * @throws {RangeError} when that is not a time of the contract's form
 */
function arrival({ late_event }: ResultOf<'late_event'>): string {
  return formatEventTime(parseEventTime(late_event.event_time) + late_event.lateness_ms);
}

/** @returns keys of what is found by bucket, in order of time */
function bucketed(record: ResultRecord & { record_type: BucketedType }, time: string): IndexKeys {
  const { record_type: type, record_id: id } = record;
  return { gsi2pk: timeKey.bucket(type, bucketOf(time, BUCKET_SIZES[type]), writeShard(type, id)), gsi2sk: time };
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

/**
 * @param record result
 * @returns its keys in the indexes, a function of the record only
 * @throws {RangeError} when a late event's time of arrival is beyond the year 9999
 */
export function indexKeys(record: ResultRecord): IndexKeys {
  switch (record.record_type) {
    case 'campaign_metrics': {
      const { dimension, key, window_start, ctr, impressions } = record.campaign_metrics;
      return {
        gsi1pk: subjectKey.campaignMetrics(dimension, key),
        gsi1sk: window_start,
        gsi2pk: timeKey.campaignMetrics(dimension, window_start),
        gsi2sk: `${rank(ctr)}#${countRank(impressions)}`,
      };
    }
    case 'attribution_metrics': {
      const { campaign_id, window_start, valid_ctr, impressions } = record.attribution_metrics;
      return {
        gsi1pk: subjectKey.attributionMetrics(campaign_id),
        gsi1sk: window_start,
        gsi2pk: timeKey.attributionMetrics(window_start),
        gsi2sk: `${rank(valid_ctr)}#${countRank(impressions)}`,
      };
    }
    case 'user_engagement': {
      const { window_start, score } = record.user_engagement;
      return scoreKeys(record.record_id, window_start, score);
    }
    case 'fraud_alert': {
      const { actor_type, actor_id, window_start } = record.fraud_alert;
      return {
        gsi1pk: subjectKey.fraudAlerts(actor_type, actor_id),
        gsi1sk: window_start,
        ...bucketed(record, record.event_time),
      };
    }
    case 'late_event':
      return bucketed(record, arrival(record));
    case 'attributed_click':
    case 'unattributed_click':
    case 'rejected_event':
      return bucketed(record, record.event_time);
  }
}

import type { RecordType } from '@ad-analytics/event-schemas';
import { createHash } from 'node:crypto';

/**
 * Into how many partitions of the index by time the results of one bucket are spread. A partition takes 1,000 writes a second
 * (AWS, "Best practices for designing and using partition keys effectively"), and all results of a bucket come at the same time:
 * the users of a window when it closes, the clicks of a minute within that minute. Readers ask every shard, so a number may
 * only be raised, and until the older results have expired they lie in fewer shards than are asked.
 */
export const WRITE_SHARDS: Readonly<Record<RecordType, number>> = {
  attributed_click: 4,
  unattributed_click: 4,
  campaign_metrics: 1,
  attribution_metrics: 1,
  fraud_alert: 1,
  user_engagement: 8,
  late_event: 4,
  rejected_event: 4,
};

/**
 * @param recordType type of the result
 * @param recordId its id
 * @returns its shard of the bucket, from 0; a function of the id, so that a repeat lands in the same place
 */
export function writeShard(recordType: RecordType, recordId: string): number {
  const shards = WRITE_SHARDS[recordType];
  return shards === 1 ? 0 : createHash('md5').update(recordId).digest().readUInt32BE(0) % shards;
}

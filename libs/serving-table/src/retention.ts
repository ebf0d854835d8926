import type { RecordType } from '@ad-analytics/event-schemas';

/**
 * How long a result stays in the table after it was last written, in days. The table answers questions about now; the archive keeps
 * everything. Settled figures are the least, and compared
 * year on year.
 */
export const RETENTION_DAYS: Readonly<Record<RecordType, number>> = {
  attributed_click: 7,
  unattributed_click: 7,
  campaign_metrics: 30,
  attribution_metrics: 400,
  fraud_alert: 90,
  user_engagement: 2,
  late_event: 7,
  rejected_event: 14,
};

/**
 * @param recordType type of the result
 * @param nowMs time of writing, milliseconds since the epoch. Not the event's time: a replay of last month's traffic
 *   would write results that have expired already
 * @returns when DynamoDB may delete it, seconds since the epoch
 */
export function expiresAt(recordType: RecordType, nowMs: number): number {
  return Math.ceil(nowMs / 1000) + RETENTION_DAYS[recordType] * 86_400;
}

import { RESULT_DEFINITIONS, type RecordType } from '@ad-analytics/event-schemas';

/**
 * @param recordType type of the result
 * @param nowMs time of writing, milliseconds since the epoch. Not the event's time: a replay of last month's traffic
 *   would write results that have expired already
 * @returns when DynamoDB may delete it, seconds since the epoch
 */
export function expiresAt(recordType: RecordType, nowMs: number): number {
  return Math.ceil(nowMs / 1000) + RESULT_DEFINITIONS[recordType].serving.retentionDays * 86_400;
}

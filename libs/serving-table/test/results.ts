import { formatEventTime, RECORD_TYPES, resultRecordSchema, resultSchemas } from '@ad-analytics/event-schemas';
import type { RecordType, ResultOf } from '@ad-analytics/event-schemas';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param type type of the results
 * @returns every valid result of the contract's fixtures
 */
export function fixtures<T extends RecordType>(type: T): ResultOf<T>[] {
  const file = path.join(__dirname, '../../event-schemas/fixtures', `${type}.valid.json`);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as { event: unknown }[];
  return cases.map(({ event }) => resultRecordSchema.parse(event) as ResultOf<T>);
}

/** Every valid result of the contract's fixtures. */
export const ALL_FIXTURES = RECORD_TYPES.flatMap((type) => fixtures(type));

/** Start of the windows below, milliseconds since the epoch. */
export const T0 = Date.UTC(2026, 10, 23, 10);

/** @returns a minute's figures of a key; `minute` counts from {@link T0} */
export function metrics(
  key: string,
  minute: number,
  counts: { impressions: number; clicks: number },
  dimension: ResultOf<'campaign_metrics'>['campaign_metrics']['dimension'] = 'campaign',
): ResultOf<'campaign_metrics'> {
  const start = formatEventTime(T0 + minute * 60_000);
  const end = formatEventTime(T0 + (minute + 1) * 60_000);
  return resultSchemas.campaign_metrics.parse({
    record_type: 'campaign_metrics',
    record_id: `campaign_metrics:${dimension}:${start}:${key}`,
    schema_version: 1,
    event_time: end,
    campaign_metrics: {
      dimension,
      key,
      window_start: start,
      window_end: end,
      ...counts,
      ctr: counts.impressions === 0 ? null : counts.clicks / counts.impressions,
      cost_micros: 0,
      unique_users: 1,
    },
  });
}

/** @returns an alert whose window ends `seconds` after {@link T0} */
export function alert(actorId: string, seconds: number, actorType: 'ip' | 'user' = 'ip'): ResultOf<'fraud_alert'> {
  const start = formatEventTime(T0 + (seconds - 60) * 1000);
  return resultSchemas.fraud_alert.parse({
    record_type: 'fraud_alert',
    record_id: `fraud_alert:click_velocity_ip:${actorType}:${start}:${actorId}`,
    schema_version: 1,
    event_time: formatEventTime(T0 + seconds * 1000),
    fraud_alert: {
      rule: 'click_velocity_ip',
      actor_type: actorType,
      actor_id: actorId,
      window_start: start,
      window_end: formatEventTime(T0 + seconds * 1000),
      observed: 12,
      threshold: 10,
      severity: 'medium',
    },
  });
}

/** @returns a user's score in the window that starts `minute` minutes after {@link T0} */
export function engagement(userId: string, minute: number, score: number): ResultOf<'user_engagement'> {
  const start = formatEventTime(T0 + minute * 60_000);
  const end = formatEventTime(T0 + (minute + 5) * 60_000);
  return resultSchemas.user_engagement.parse({
    record_type: 'user_engagement',
    record_id: `user_engagement:${start}:${userId}`,
    schema_version: 1,
    event_time: end,
    user_engagement: {
      user_id: userId,
      window_start: start,
      window_end: end,
      impressions: 5,
      clicks: 1,
      distinct_campaigns: 2,
      score,
    },
  });
}

/** @returns a click without an impression, `seconds` after {@link T0} */
export function unattributed(clickId: string, seconds: number): ResultOf<'unattributed_click'> {
  const time = formatEventTime(T0 + seconds * 1000);
  return resultSchemas.unattributed_click.parse({
    record_type: 'unattributed_click',
    record_id: `unattributed_click:${clickId}`,
    schema_version: 1,
    event_time: time,
    unattributed_click: {
      click_id: clickId,
      impression_id: 'impression-1',
      user_id: 'user-1',
      campaign_id: 'campaign-1',
      ad_id: 'ad-1',
      publisher_id: 'publisher-1',
      click_time: time,
    },
  });
}

/** @returns an event of {@link T0} that was `latenessMs` late */
export function late(sequence: number, latenessMs: number): ResultOf<'late_event'> {
  return resultSchemas.late_event.parse({
    record_type: 'late_event',
    record_id: `late_event:ClicksStreamInput:shardId-000000000000:${sequence}`,
    schema_version: 1,
    event_time: formatEventTime(T0),
    late_event: {
      source: 'click',
      event_id: `click-${sequence}`,
      event_time: formatEventTime(T0),
      lateness_ms: latenessMs,
    },
  });
}

/** @returns a record that was rejected `seconds` after {@link T0} */
export function rejected(sequence: number, seconds: number): ResultOf<'rejected_event'> {
  return resultSchemas.rejected_event.parse({
    record_type: 'rejected_event',
    record_id: `rejected_event:ClicksStreamInput:shardId-000000000000:${sequence}`,
    schema_version: 1,
    event_time: formatEventTime(T0 + seconds * 1000),
    rejected_event: { source: 'click', reason: 'JSON: not an object', raw: 'AAAA', raw_length: 3 },
  });
}

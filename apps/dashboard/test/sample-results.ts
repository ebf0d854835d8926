/**
 * Result records for tests. Each is valid by the contract; a test sets the fields it needs, and the others have
 * defaults.
 */
import {
  type Dimension,
  exampleOf,
  formatEventTime,
  type RecordType,
  type ResultOf,
  resultRecordSchema,
  type ResultRecord,
  SCHEMA_VERSION,
} from '@ad-analytics/event-schemas';

type Fields<T extends RecordType> = ResultOf<T> extends Record<T, infer F> ? F : never;

function record<T extends RecordType>(type: T, id: string, eventTime: number, fields: Fields<T>): ResultOf<T> {
  return resultRecordSchema.parse({
    record_type: type,
    record_id: `${type}:${id}`,
    schema_version: SCHEMA_VERSION,
    event_time: formatEventTime(eventTime),
    [type]: fields,
  }) as ResultRecord as ResultOf<T>;
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);
const window = (start: number, lengthMs: number) => ({
  window_start: formatEventTime(start),
  window_end: formatEventTime(start + lengthMs),
});

/** Length of a metrics window in these tests, milliseconds. */
export const WINDOW_MS = 10_000;

/** @returns gross figures of a window that starts at `start` */
export function trafficOf(
  start: number,
  dimension: Dimension,
  key: string,
  { impressions, clicks, cost = impressions * 2_000 }: { impressions: number; clicks: number; cost?: number },
): ResultOf<'campaign_metrics'> {
  const times = window(start, WINDOW_MS);
  return record('campaign_metrics', `${dimension}:${times.window_start}:${key}`, start + WINDOW_MS, {
    dimension,
    key,
    ...times,
    impressions,
    clicks,
    ctr: ratio(clicks, impressions),
    cost_micros: cost,
    unique_users: impressions,
  });
}

/** @returns settled figures of a window that starts at `start` */
export function settledOf(
  start: number,
  campaign: string,
  { impressions, attributed, valid }: { impressions: number; attributed: number; valid: number },
): ResultOf<'attribution_metrics'> {
  const times = window(start, WINDOW_MS);
  return record('attribution_metrics', `${times.window_start}:${campaign}`, start + WINDOW_MS, {
    campaign_id: campaign,
    ...times,
    impressions,
    attributed_clicks: attributed,
    valid_clicks: valid,
    ctr: ratio(attributed, impressions),
    valid_ctr: ratio(valid, impressions),
    cost_micros: impressions * 2_000,
  });
}

/** @returns an attributed click of the time */
export function clickOf(
  id: string,
  time: number,
  fields: Partial<Fields<'attributed_click'>> = {},
): ResultOf<'attributed_click'> {
  return record('attributed_click', id, time, {
    ...exampleOf('attributed_click').attributed_click,
    click_id: id,
    impression_id: `i-${id}`,
    user_id: 'user-1',
    campaign_id: 'campaign-01',
    ad_id: 'campaign-01-ad-1',
    publisher_id: 'publisher-01',
    device_type: 'mobile',
    country: 'DE',
    impression_time: formatEventTime(time - 3_000),
    click_time: formatEventTime(time),
    time_to_click_ms: 3_000,
    cost_micros: 2_000,
    invalid_reasons: [],
    ...fields,
  });
}

/** @returns a click of the time without an impression */
export function unattributedOf(id: string, time: number, campaign = 'campaign-01'): ResultOf<'unattributed_click'> {
  return record('unattributed_click', id, time, {
    click_id: id,
    impression_id: `none-${id}`,
    user_id: 'user-1',
    campaign_id: campaign,
    ad_id: `${campaign}-ad-1`,
    publisher_id: 'publisher-01',
    click_time: formatEventTime(time),
  });
}

/** @returns an alert whose window ends at `end` */
export function alertOf(
  end: number,
  fields: Pick<Fields<'fraud_alert'>, 'actor_id'> & Partial<Fields<'fraud_alert'>>,
  lengthMs = 60_000,
): ResultOf<'fraud_alert'> {
  const alert: Fields<'fraud_alert'> = {
    rule: 'click_velocity_ip',
    actor_type: 'ip',
    ...window(end - lengthMs, lengthMs),
    observed: 25,
    threshold: 10,
    severity: 'medium',
    ...fields,
  };
  return record('fraud_alert', `${alert.rule}:${alert.actor_type}:${alert.window_start}:${alert.actor_id}`, end, alert);
}

/** @returns the score of a user in the window of five minutes that starts at `start` */
export function engagementOf(
  start: number,
  user: string,
  fields: Partial<Fields<'user_engagement'>> = {},
): ResultOf<'user_engagement'> {
  const times = window(start, 300_000);
  return record('user_engagement', `${times.window_start}:${user}`, start + 300_000, {
    user_id: user,
    ...times,
    impressions: 4,
    clicks: 1,
    distinct_campaigns: 2,
    score: 42.5,
    ...fields,
  });
}

/** @returns an event that arrived at `arrival`, `latenessMs` too late */
export function lateOf(id: string, arrival: number, source: 'impression' | 'click', latenessMs = 12_000) {
  const time = arrival - latenessMs;
  return record('late_event', `Stream:shardId-000000000000:${id}`, time, {
    source,
    event_id: `event-${id}`,
    event_time: formatEventTime(time),
    lateness_ms: latenessMs,
  });
}

/** @returns a record that was rejected when it arrived */
export function rejectedOf(id: string, arrival: number, source: 'impression' | 'click', reason: string) {
  return record('rejected_event', `Stream:shardId-000000000000:${id}`, arrival, {
    source,
    reason,
    raw: Buffer.from('{').toString('base64'),
    raw_length: 1,
  });
}

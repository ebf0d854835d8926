import { resultRecordSchema, type ResultRecord } from '@ad-analytics/event-schemas';

const START = '2026-11-23T10:00:00.000Z';
const END = '2026-11-23T10:01:00.000Z';
const WINDOW = { window_start: START, window_end: END };

/**
 * @param id identifier of the contract
 * @returns results of every type, with the identifier wherever a text from outside can stand; their record ids are composed as the
 *   job does it
 */
export function resultsWith(id: string): ResultRecord[] {
  const ids = { impression_id: id, user_id: id, campaign_id: id, ad_id: id, publisher_id: id };
  const counts = { impressions: 1000, clicks: 25, ctr: 0.025, cost_micros: 2_500_000, unique_users: 640 };
  const settled = {
    impressions: 1000,
    attributed_clicks: 25,
    valid_clicks: 20,
    ctr: 0.025,
    valid_ctr: 0.02,
    cost_micros: 7,
  };
  const scored = { impressions: 40, clicks: 3, distinct_campaigns: 5, score: 62.5 };
  const alert = { rule: 'abnormal_ctr', observed: 31, threshold: 10, severity: 'high' };
  const joined = { device_type: null, country: null, impression_time: START, time_to_click_ms: 0, cost_micros: null };
  const results: [id: string, payload: Record<string, object>][] = [
    [id, { attributed_click: { click_id: id, ...ids, ...joined, click_time: START, invalid_reasons: [] } }],
    [id, { unattributed_click: { click_id: id, ...ids, click_time: START } }],
    ...['campaign', 'ad', 'publisher'].map((dimension): [string, Record<string, object>] => [
      `${dimension}:${START}:${id}`,
      { campaign_metrics: { dimension, key: id, ...WINDOW, ...counts } },
    ]),
    [`${START}:${id}`, { attribution_metrics: { campaign_id: id, ...WINDOW, ...settled } }],
    ...['user', 'publisher', 'impression'].map((actor): [string, Record<string, object>] => [
      `abnormal_ctr:${actor}:${START}:${id}`,
      { fraud_alert: { actor_type: actor, actor_id: id, ...WINDOW, ...alert } },
    ]),
    [`${START}:${id}`, { user_engagement: { user_id: id, ...WINDOW, ...scored } }],
    ['stream:shard:1', { late_event: { source: 'click', event_id: id, event_time: START, lateness_ms: 5001 } }],
    ['stream:shard:2', { rejected_event: { source: 'click', reason: `JSON: ${id}`, raw: 'ew==', raw_length: 1 } }],
  ];
  return results.map(([name, payload]) => {
    const [type] = Object.keys(payload);
    const envelope = { record_type: type, record_id: `${type}:${name}`, schema_version: 1, event_time: END };
    return resultRecordSchema.parse({ ...envelope, ...payload });
  });
}

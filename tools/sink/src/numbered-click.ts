import { formatEventTime } from '@ad-analytics/event-schemas';

/** Time of the click 0, milliseconds since the epoch. */
export const NOON = Date.parse('2026-11-23T12:00:00.000Z');

/** @returns a click without an impression, for tests of the sink; the same number gives the same `record_id` for any user */
export function numberedClick(n: number, userId: string) {
  const time = formatEventTime(NOON + n);
  return {
    record_type: 'unattributed_click',
    record_id: `unattributed_click:${n}`,
    schema_version: 1,
    event_time: time,
    unattributed_click: {
      ...{ click_id: String(n), impression_id: 'none', user_id: userId, campaign_id: 'c', ad_id: 'a' },
      ...{ publisher_id: 'p', click_time: time },
    },
  };
}

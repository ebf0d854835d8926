import { payloadOf, RECORD_TYPES } from '../result-record';
import { CARRIED_FIELDS } from './attributed-click';
import { personalFields } from './personal-fields';

/**
 * Fields that name no person. A new field belongs here, or in the list of personal fields, which the job changes and an erasure searches.
 * Ids of events are found by the person's records.
 */
const OTHERS = [
  ...['ad_id', 'campaign_id', 'click_id', 'event_id', 'impression_id', 'publisher_id', 'country', 'device_type'],
  ...['click_time', 'event_time', 'impression_time', 'lateness_ms', 'time_to_click_ms', 'window_end', 'window_start'],
  ...['attributed_clicks', 'clicks', 'cost_micros', 'ctr', 'distinct_campaigns', 'impressions', 'unique_users'],
  ...['valid_clicks', 'valid_ctr', 'observed', 'score', 'severity', 'threshold', 'raw_length'],
  ...['actor_type', 'dimension', 'invalid_reasons', 'key', 'rule', 'source'],
];

it.each(RECORD_TYPES)('knows each field of %s as personal or as another one', (type) => {
  const unknown = Object.keys(payloadOf(type).shape).filter(
    (name) => !OTHERS.includes(name) && !Object.hasOwn(personalFields(type), name),
  );
  expect(unknown).toEqual([]);
});

it('has no field in both lists', () => {
  for (const type of RECORD_TYPES)
    expect(Object.keys(personalFields(type)).filter((name) => OTHERS.includes(name))).toEqual([]);
});

it('copies no field of an impression that could name a person', () => {
  for (const name of CARRIED_FIELDS) expect(OTHERS).toContain(name);
});

it('knows what the actor of an alert and a rejected record hold', () => {
  expect(personalFields('fraud_alert')).toEqual({ actor_id: 'ACTOR' });
  expect(personalFields('rejected_event')).toEqual({ raw: 'RECORD', reason: 'REASON' });
  expect(personalFields('campaign_metrics')).toEqual({});
});

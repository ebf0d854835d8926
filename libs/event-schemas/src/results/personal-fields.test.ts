import { payloadOf, RECORD_TYPES } from '../result-record';
import { personalFields } from './personal-fields';

/** Fields that hold ids of events, ads and so on, although their names look like a person's. */
const OTHERS = [
  'click_id',
  'impression_id',
  'campaign_id',
  'ad_id',
  'publisher_id',
  'event_id',
  'unique_users',
  'raw_length',
];

it.each(RECORD_TYPES)('decides about each field of %s that can name a person', (type) => {
  const names = Object.keys(payloadOf(type).shape)
    .filter((name) => /user|_id$|ip$|address|agent|raw|reason$/.test(name) && !OTHERS.includes(name))
    .sort();
  expect(Object.keys(personalFields(type)).sort()).toEqual(names);
});

it('knows what the actor of an alert and a rejected record hold', () => {
  expect(personalFields('fraud_alert')).toEqual({ actor_id: 'ACTOR' });
  expect(personalFields('rejected_event')).toEqual({ raw: 'RECORD', reason: 'REASON' });
  expect(personalFields('campaign_metrics')).toEqual({});
});

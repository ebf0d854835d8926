import { toJsonSchema } from '../json-schema';
import { RECORD_TYPES, type RecordType } from '../result-record';
import { CARRIED_FIELDS } from './attributed-click';
import { personalFields } from './personal-fields';

/**
 * Texts that name no person. A new text belongs here, or in the list of personal fields, which the job changes and an erasure searches. Ids of
 * events are found by the person's records.
 */
const OTHERS = [
  ...['ad_id', 'campaign_id', 'click_id', 'event_id', 'impression_id', 'publisher_id', 'country', 'device_type'],
  ...['click_time', 'event_time', 'impression_time', 'window_end', 'window_start'],
  ...['actor_type', 'dimension', 'invalid_reasons', 'key', 'rule', 'severity', 'source'],
];

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Everything that is not only a number can contain a text. */
function textsOf(type: RecordType): string[] {
  const { properties = {} } = (toJsonSchema(type) as Schema).properties?.[type] ?? {};
  const numbers = ['integer', 'number', 'null'];
  const isText = ({ type: of }: Schema) => of === undefined || [of].flat().some((one) => !numbers.includes(one));
  return Object.entries(properties).flatMap(([name, schema]) => (isText(schema) ? [name] : []));
}

it.each(RECORD_TYPES)('knows each text of %s as personal or as another one', (type) => {
  const texts = textsOf(type);
  expect(texts).not.toEqual([]);
  const known = [...OTHERS, ...CARRIED_FIELDS, ...Object.keys(personalFields(type))];
  expect(texts.filter((name) => !known.includes(name))).toEqual([]);
});

it('has no field in both lists', () => {
  for (const type of RECORD_TYPES)
    expect(Object.keys(personalFields(type)).filter((name) => OTHERS.includes(name))).toEqual([]);
});

it('knows what the actor of an alert and a rejected record hold', () => {
  expect(personalFields('fraud_alert')).toEqual({ actor_id: 'ACTOR' });
  expect(personalFields('rejected_event')).toEqual({ raw: 'RECORD', reason: 'REASON' });
  expect(personalFields('campaign_metrics')).toEqual({});
});

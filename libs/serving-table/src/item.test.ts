import { ALL_FIXTURES, fixtures } from '../test/results';
import { fromItem, marshallItem, ServingItemError, toItem, unmarshallItem } from './item';

const NOW = Date.UTC(2026, 10, 23, 12);

it.each(ALL_FIXTURES.map((record, at) => [`${at} ${record.record_type}`, record]))(
  'gives back a result that went through the table: %s',
  (_name, record) => {
    expect(fromItem(unmarshallItem(marshallItem(toItem(record, NOW))))).toEqual(record);
  },
);

it('makes the same item of the same result at another time, but for the expiry', () => {
  for (const record of ALL_FIXTURES) {
    const { expires_at: first, ...item } = toItem(record, NOW);
    const { expires_at: later, ...again } = toItem(record, NOW + 5_000);
    expect(again).toEqual(item);
    expect(later).toBe(first + 5);
  }
});

it('keeps a rejected record itself out of what the indexes carry', () => {
  const [record] = fixtures('rejected_event');
  const item = toItem(record!, NOW);
  expect(item.raw).toBe(record!.rejected_event.raw);
  expect(item.payload).not.toHaveProperty('raw');
});

it('keeps that the job withheld a rejected record', () => {
  const record = fixtures('rejected_event').find(({ rejected_event: { raw } }) => raw === null);
  const item = toItem(record!, NOW);
  expect(item.raw).toBeNull();
  expect(fromItem(unmarshallItem(marshallItem(item)))).toEqual(record);
});

it('refuses an item that is not a result, with its id and the field', () => {
  const item = toItem(fixtures('campaign_metrics')[0]!, NOW);
  const broken = { ...item, payload: { ...item.payload, clicks: -1 } };
  expect(() => fromItem(broken)).toThrow(ServingItemError);
  expect(() => fromItem(broken)).toThrow(/campaign_metrics:campaign:.*campaign_metrics\.clicks/);
});

it('refuses an item of a newer version of the schema', () => {
  const item = { ...toItem(fixtures('campaign_metrics')[0]!, NOW), schema_version: 2 };
  expect(() => fromItem(item)).toThrow(/schema_version/);
});

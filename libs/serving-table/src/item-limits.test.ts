import { ALL_FIXTURES, fixtures, T0 } from '../test/results';
import { marshallItem, toItem } from './item';
import { itemProblem, MAX_ITEM_BYTES } from './item-limits';

const rejected = (reason: string) => {
  const [record] = fixtures('rejected_event');
  return marshallItem(toItem({ ...record!, rejected_event: { ...record!.rejected_event, reason, raw: '' } }, T0));
};

it('finds nothing wrong with what the contract allows', () => {
  for (const record of ALL_FIXTURES) expect(itemProblem(marshallItem(toItem(record, T0)))).toBeUndefined();
});

it('names a key that is too long, in bytes', () => {
  const [record] = fixtures('unattributed_click');
  const item = (id: string) => marshallItem(toItem({ ...record!, record_id: id }, T0));
  expect(itemProblem(item('x'.repeat(2048)))).toBeUndefined();
  expect(itemProblem(item('é'.repeat(1025)))).toBe('record_id: 2050 bytes, but the table takes at most 2048');
});

it('refuses an item over the limit, and none that is 1 KiB under it', () => {
  expect(itemProblem(rejected('x'.repeat(MAX_ITEM_BYTES - 1024)))).toBeUndefined();
  expect(itemProblem(rejected('x'.repeat(MAX_ITEM_BYTES)))).toMatch(/^payload: the item has 4\d{5} bytes/);
});

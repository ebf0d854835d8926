import { ALL_FIXTURES, alert, engagement, fixtures, T0 } from '../test/results';
import { marshallItem, toItem } from './item';
import { itemProblem, MAX_ITEM_BYTES } from './item-limits';
import { scorePages } from './score-page';

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

describe('a number', () => {
  const observed = (value: number) => {
    const record = alert('192.0.2.1', 60);
    return marshallItem(toItem({ ...record, fraud_alert: { ...record.fraud_alert, observed: value } }, T0));
  };
  const written = (N: string) => ({ ...observed(0), payload: { M: { observed: { N } } } });

  it.each([0, 1e-130, -1e-130, 0.1 + 0.2, -(2 ** 53 - 1)])('is accepted: %p', (value) => {
    expect(itemProblem(observed(value))).toBeUndefined();
  });

  it.each(['9.9999999999999999999999999999999999999e125', '12345678901234567890123456789012345678000', '0.00'])(
    'is accepted: %s',
    (value) => expect(itemProblem(written(value))).toBeUndefined(),
  );

  it.each([9.9e-131, -1e-200, Number.MIN_VALUE])('is named when its magnitude is too small: %p', (value) => {
    expect(itemProblem(observed(value))).toBe(
      'payload.observed: the magnitude of the number is below 1e-130, the least that the table takes',
    );
  });

  it.each(['1e126', '-1e200'])('is named when its magnitude is too large: %s', (value) => {
    expect(itemProblem(written(value))).toBe(
      'payload.observed: the magnitude of the number is 1e126 or more, and the table takes less',
    );
  });

  it('is named when it has too many digits', () => {
    expect(itemProblem(written(`1.${'2'.repeat(38)}`))).toBe(
      'payload.observed: the number has 39 significant digits, but the table takes at most 38',
    );
  });

  it('is also found in a list', () => {
    const place = { stream: 's', shard: 'shardId-000000000000', sequenceNumber: '1' };
    const [page] = scorePages([{ record: engagement('u', 0, 1e-200), place }], T0);
    expect(itemProblem(marshallItem(page!.item))).toMatch(/^payload\.users\.0\.4: the magnitude/);
  });
});

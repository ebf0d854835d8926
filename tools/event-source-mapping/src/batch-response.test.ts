import { firstUndone } from './batch-response';

const BATCH = ['11', '12', '13'];

// The cases of the Lambda Developer Guide, "Success and failure conditions".
it.each([
  ['null', null],
  ['nothing', undefined],
  ['an empty object', {}],
  ['a null list', { batchItemFailures: null }],
  ['an empty list', { batchItemFailures: [] }],
])('is a complete success with %s', (_, response) => {
  expect(firstUndone(response, BATCH)).toBe(3);
});

it.each([
  ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
  ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }],
  ['a wrong key', { batchItemFailures: [{ sequenceNumber: '12' }] }],
  ['a wrong key among correct ones', { batchItemFailures: [{ itemIdentifier: '12' }, { sequenceNumber: '13' }] }],
  ['a sequence number of another batch', { batchItemFailures: [{ itemIdentifier: '99' }] }],
  ['a null item', { batchItemFailures: [null] }],
  ['no list', { batchItemFailures: '12' }],
  ['text', 'ok'],
])('is a complete failure with %s', (_, response) => {
  expect(firstUndone(response, BATCH)).toBe(0);
});

it('uses the lowest sequence number, at any position', () => {
  expect(firstUndone({ batchItemFailures: [{ itemIdentifier: '13' }, { itemIdentifier: '12' }] }, BATCH)).toBe(1);
});

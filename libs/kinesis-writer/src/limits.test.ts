import { findRecordProblem, recordBytes } from './limits';

it('counts the key in UTF-8 with the payload', () => {
  expect(recordBytes('ü', Buffer.alloc(3))).toBe(5);
});

it.each([
  ['a', 10, undefined],
  ['a', 11, 'RecordTooLarge'],
  ['', 1, 'InvalidPartitionKey'],
  ['k'.repeat(256), 1, undefined],
  ['k'.repeat(257), 1, 'InvalidPartitionKey'],
  // Two UTF-16 units, one character.
  ['😀'.repeat(256), 1, undefined],
  ['😀'.repeat(257), 1, 'InvalidPartitionKey'],
])('judges a record (%#)', (key, bytes, code) => {
  expect(findRecordProblem(key, bytes, 10)?.code).toBe(code);
});

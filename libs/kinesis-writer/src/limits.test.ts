import { findRecordProblem, recordBytes } from './limits';

it('counts the key in UTF-8 with the payload', () => {
  expect(recordBytes('ü', Buffer.alloc(3))).toBe(5);
});

it.each([
  [10, undefined],
  [11, 'RecordTooLarge'],
])('judges a record of %d bytes', (bytes, code) => {
  expect(findRecordProblem(bytes, 10)?.code).toBe(code);
});

import * as fc from 'fast-check';
import { exampleOf, INVALID_REASONS, MAX_RAW_BYTES, RECORD_TYPES, resultSchemas, type RecordType } from '../src';
import { MAX_ID_LENGTH } from '../src/fields';
import type { Fields } from './cases/case';

/** What every Kinesis stream takes, key and data together. The job leaves out a result that is larger. */
const KINESIS_RECORD_BYTES = 1024 * 1024;

/** The partition key is an MD5 hash in hexadecimal. */
const PARTITION_KEY_BYTES = 32;

/** A control character is written as an escape sequence: the most that JSON needs for one character. */
const BYTES_OF_A_CHARACTER = 6;

/** Most characters of a reason that the job writes (`EventParser`). */
const MAX_REASON_LENGTH = 1_000;

/** More than any number of JSON takes beyond the one in the example. */
const BYTES_OF_A_NUMBER = 32;

const LONGEST_ID = '\u0000'.repeat(MAX_ID_LENGTH);

/** @returns the longest text that a field takes */
function longest(type: RecordType, field: string, value: string): string {
  if (field === 'raw') return Buffer.alloc(MAX_RAW_BYTES, 'x').toString('base64');
  if (field === 'reason') return '\u0000'.repeat(MAX_REASON_LENGTH);
  const example: Fields = exampleOf(type);
  const fields = { ...(example[type] as Fields), [field]: LONGEST_ID };
  const { success } = resultSchemas[type].safeParse({ ...example, [type]: fields });
  return success ? LONGEST_ID : value;
}

/** @returns an upper bound of the size of a result, in bytes */
function largestBytes(type: RecordType): number {
  const example: Fields = exampleOf(type);
  const fields = Object.entries(example[type] as Fields).map(([field, value]): [string, unknown] => {
    if (field === 'invalid_reasons') return [field, INVALID_REASONS];
    return [field, typeof value === 'string' ? longest(type, field, value) : value];
  });
  // An id is made of fields, and of a place in a stream where no readable one exists.
  const idParts = fields.filter(([field]) => field !== 'raw' && field !== 'reason').map(([, value]) => value);
  const record = {
    ...example,
    record_id: [example['record_id'], ...idParts].join(':'),
    [type]: Object.fromEntries(fields),
  };
  return Buffer.byteLength(JSON.stringify(record)) + BYTES_OF_A_NUMBER * fields.length + PARTITION_KEY_BYTES;
}

describe('the size of a result', () => {
  it.each(RECORD_TYPES)('%s fits into a Kinesis record, whatever text is in it', (type) => {
    expect(largestBytes(type)).toBeLessThan(KINESIS_RECORD_BYTES / 8);
  });

  it('is reached with the longest identifiers', () => {
    expect(longest('attributed_click', 'click_id', 'click-1')).toBe(LONGEST_ID);
    expect(longest('attributed_click', 'country', 'US')).toBe('US');
    expect(largestBytes('attributed_click')).toBeGreaterThan(6 * MAX_ID_LENGTH * BYTES_OF_A_CHARACTER);
    expect(largestBytes('rejected_event')).toBeGreaterThan(MAX_RAW_BYTES);
  });

  it('is not exceeded by any other text of as many characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Buffer.byteLength(JSON.stringify(text)) - 2).toBeLessThanOrEqual(
          [...text].length * BYTES_OF_A_CHARACTER,
        );
      }),
    );
  });
});

import { itemSize } from './item-size';

const KEYS = { record_id: { S: 'r' }, gsi2pk: { S: 'p' }, gsi2sk: { S: 's' } };
/** Bytes of the keys above: name and value of each. */
const KEY_BYTES = 'record_id'.length + 1 + 'gsi2pk'.length + 1 + 'gsi2sk'.length + 1;

describe('itemSize', () => {
  it('counts names and values like the Developer Guide', () => {
    // A number takes one byte per two significant digits, plus one: 120 has two significant digits, -7.25 has three and a sign.
    const item = {
      ...KEYS,
      a: { N: '120' },
      b: { N: '-7.25' },
      c: { NULL: true },
      d: { BOOL: true },
      e: { L: [{ S: 'xy' }] },
    };
    const bytes = KEY_BYTES + (1 + 2) + (1 + 4) + (1 + 1) + (1 + 1) + (1 + 3 + 1 + 2);
    expect(itemSize(item).storedBytes.table).toBe(bytes + 100);
  });

  it('counts a map with three bytes, and one for each entry', () => {
    const item = { ...KEYS, payload: { M: { ab: { S: 'x' } } } };
    expect(itemSize(item).storedBytes.table).toBe(KEY_BYTES + 'payload'.length + 3 + 1 + 'ab'.length + 1 + 100);
  });

  it('rounds a write up to the next KB, separately for the table and each index', () => {
    // Not projected: it increases the cost of the table's write, not that of the index.
    const item = { ...KEYS, raw: { S: 'x'.repeat(3000) } };
    expect(itemSize(item).writeUnits).toEqual({ table: 3, bySubject: 0, byTime: 1 });
  });

  it('counts a projected attribute in the index as well', () => {
    const item = { ...KEYS, gsi1pk: { S: 'p' }, gsi1sk: { S: 's' }, payload: { M: { a: { S: 'x'.repeat(1000) } } } };
    expect(itemSize(item).writeUnits).toEqual({ table: 2, bySubject: 2, byTime: 2 });
  });

  it('is not in an index if the sort key is missing', () => {
    expect(itemSize({ ...KEYS, gsi1pk: { S: 'p' } }).writeUnits.bySubject).toBe(0);
  });
});

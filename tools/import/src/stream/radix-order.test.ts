import fc from 'fast-check';
import { radixOrder } from './radix-order';

it('sorts like a stable sort, whatever the differences between the numbers', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 253_402_300_799_999 }));
  fc.assert(
    fc.property(fc.array(value), fc.nat(3), (values, unused) => {
      const expected = values.map((_value, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
      const padded = Float64Array.from([...values, ...Array.from({ length: unused }, () => -1)]);
      expect([...radixOrder(padded, values.length)]).toEqual(expected);
    }),
    { seed: 20261128 },
  );
});

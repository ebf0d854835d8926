import fc from 'fast-check';
import { countRank, rank } from './rank';

/** Ratios as the contract has them: fractions of whole numbers. */
const ratio = fc
  .tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 100_000 }))
  .map(([clicks, impressions]) => clicks / impressions);
const sign = (value: number): number => Math.sign(value);

it('sorts ratios of up to 9,999 as numbers do, where they differ in the sixth decimal', () => {
  fc.assert(
    fc.property(ratio, ratio, (one, other) => {
      fc.pre(one < 9_999 && other < 9_999);
      const difference = Math.round(one * 1e6) - Math.round(other * 1e6);
      expect(sign(Buffer.compare(Buffer.from(rank(one)), Buffer.from(rank(other))))).toBe(sign(difference));
    }),
  );
});

it('has one length whatever the value, and sorts no value before 0', () => {
  expect([0, 0.05, 9_999.999999, 2 ** 53].map(rank)).toEqual(['0000000000', '0000050000', '9999999999', '9999999999']);
  expect(rank(null) < rank(0)).toBe(true);
});

it('sorts counts as numbers do, up to the greatest', () => {
  const count = fc.maxSafeNat();
  fc.assert(
    fc.property(count, count, (one, other) => {
      const [a, b] = [countRank(one), countRank(other)];
      expect(sign(one - other)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

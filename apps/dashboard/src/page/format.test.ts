import { formatAge, formatBigCount, formatCost, formatCount, formatCtr, formatRate, formatShare } from './format';

describe('format', () => {
  it.each([
    [formatCount(1_234_567), '1,234,567'],
    [formatBigCount(999_999), '999,999'],
    [formatBigCount(1_234_567), '1.235M'],
    [formatCtr(0.0213), '2.13%'],
    [formatCtr(null), '–'],
    [formatShare(0.5), '50%'],
    [formatShare(null), '–'],
    [formatCost(12_345_678), '$12.35'],
    [formatRate(0.84), '0.8'],
    [formatRate(9.96), '10'],
    [formatRate(1_204.4), '1,204'],
    [formatRate(null), '–'],
    [formatAge(-5_000), '0 s'],
    [formatAge(59_400), '59 s'],
    [formatAge(60_000), '1 min'],
    [formatAge(90_000), '1 min 30 s'],
    [formatAge(600_000), '10 min'],
    [formatAge(7_500_000), '2 h 5 min'],
  ])('%s is %s', (text, expected) => expect(text).toBe(expected));
});

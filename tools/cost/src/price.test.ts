import { costOf, priceSchema, type Price } from './price';
import { PRICES } from './prices';

const tiered: Price = {
  name: 'a thing',
  unit: 'GB',
  tiers: [{ upTo: 10, usd: 3 }, { upTo: 100, usd: 2 }, { usd: 1 }],
  source: 'a page',
  asOf: '2026-01',
  confirmed: true,
};

describe('costOf', () => {
  it.each([
    [0, 0],
    [10, 30],
    [11, 32],
    [100, 210],
    [150, 260],
  ])('computes %d units tier by tier', (quantity, usd) => expect(costOf(tiered, quantity)).toBe(usd));

  it.each([-1, NaN])('refuses the quantity %d', (quantity) =>
    expect(() => costOf(tiered, quantity)).toThrow('a thing'),
  );
});

describe('priceSchema', () => {
  it.each([
    ['no tier', []],
    ['a last tier with an end', [{ upTo: 5, usd: 1 }]],
    ['tiers that go back', [{ upTo: 5, usd: 1 }, { upTo: 4, usd: 1 }, { usd: 1 }]],
    ['a tier without an end in the middle', [{ usd: 2 }, { usd: 1 }]],
    ['a negative price', [{ usd: -1 }]],
  ])('refuses %s', (_, tiers) => expect(priceSchema.safeParse({ ...tiered, tiers }).success).toBe(false));

  it.each(['2026', '2026-13', 'May 2026'])('refuses the date %s', (asOf) =>
    expect(priceSchema.safeParse({ ...tiered, asOf }).success).toBe(false),
  );
});

describe('PRICES', () => {
  // From AWS's own example: 20 KPUs and one for orchestration for 720 hours, and 1,000 GB of running storage.
  it('agree with the example on the page of Managed Service for Apache Flink', () => {
    expect(costOf(PRICES.flinkKpuHour, 24 * 30 * 21)).toBeCloseTo(1663.2, 6);
    expect(costOf(PRICES.flinkRunningStorage, 1000)).toBeCloseTo(100, 6);
  });

  it('do not increase with the quantity', () => {
    for (const { tiers } of Object.values(PRICES)) {
      const usd = tiers.map((tier) => tier.usd);
      expect(usd).toEqual([...usd].sort((a, b) => b - a));
    }
  });
});

import fc from 'fast-check';
import { percentilesOf } from './percentiles';

describe('percentilesOf', () => {
  it('takes the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect(percentilesOf(values)).toEqual({ count: 200, p50: 100, p95: 190, p99: 198, max: 200 });
    expect(percentilesOf([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, max: 7 });
  });

  it('has no percentiles without values', () => expect(percentilesOf([])).toBeUndefined());

  it('finds values of the list, in rising order, with so many values at or below them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 }), (values) => {
        const { count, p50, p95, p99, max } = percentilesOf(values)!;
        expect(count).toBe(values.length);
        expect([p50, p95, p99, max]).toEqual([p50, p95, p99, max].sort((a, b) => a - b));
        for (const [value, share] of [
          [p50, 0.5],
          [p95, 0.95],
          [p99, 0.99],
        ] as const) {
          expect(values).toContain(value);
          expect(values.filter((other) => other <= value).length).toBeGreaterThanOrEqual(share * values.length - 1e-9);
        }
      }),
    );
  });
});

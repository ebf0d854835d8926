import fc from 'fast-check';
import { percentile, quality } from './measures';

describe('quality', () => {
  it('are precision, recall and their harmonic mean', () => {
    const { precision, recall, f1 } = quality({ flagged: 8, right: 6, wanted: 12, found: 6 });
    expect([precision, recall]).toEqual([0.75, 0.5]);
    expect(f1).toBeCloseTo(0.6, 12);
  });

  it('is not defined where the divisor is 0', () => {
    expect(quality({ flagged: 0, right: 0, wanted: 3, found: 0 })).toEqual({ precision: null, recall: 0, f1: null });
    expect(quality({ flagged: 2, right: 0, wanted: 0, found: 0 })).toEqual({ precision: 0, recall: null, f1: null });
  });

  it('have an F1 of 0 if everything that was flagged is wrong', () => {
    expect(quality({ flagged: 2, right: 0, wanted: 3, found: 0 })).toEqual({ precision: 0, recall: 0, f1: 0 });
  });

  it('have an F1 between precision and recall', () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }));
    fc.assert(
      fc.property(counts, counts, ([right, wrong], [found, missed]) => {
        const { precision, recall, f1 } = quality({ flagged: right + wrong, right, wanted: found + missed, found });
        expect(f1).toBeGreaterThanOrEqual(Math.min(precision!, recall!) - 1e-12);
        expect(f1).toBeLessThanOrEqual(Math.max(precision!, recall!) + 1e-12);
      }),
    );
  });
});

describe('percentile', () => {
  it('is the nearest rank', () => {
    const values = [50, 15, 40, 20, 35];
    expect([0.05, 0.3, 0.4, 0.5, 0.95, 1].map((share) => percentile(values, share))).toEqual([15, 20, 20, 35, 50, 50]);
  });

  it('sorts numerically, and does not change the values', () => {
    const values = [100, 9];
    expect(percentile(values, 0.5)).toBe(9);
    expect(values).toEqual([100, 9]);
  });

  it('is not defined without values', () => expect(percentile([], 0.5)).toBeNull());
});

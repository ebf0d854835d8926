import fc from 'fast-check';
import { roundTicks, tickText } from './ticks';

describe('roundTicks', () => {
  it('begins at 0, ends at or above the greatest value, and is not many', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (greatest) => {
        const ticks = roundTicks(greatest);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)! / greatest).toBeGreaterThanOrEqual(1 - 1e-6);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('has round steps', () => {
    expect(roundTicks(11)).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect(roundTicks(0)).toEqual([0, 1]);
  });
});

describe('tickText', () => {
  it.each([
    [0.25, '0.25'],
    [950, '950'],
    [12_000, '12k'],
    [2_500_000, '2.5M'],
  ])('writes %d as %s', (value, text) => {
    expect(tickText(value)).toBe(text);
  });
});

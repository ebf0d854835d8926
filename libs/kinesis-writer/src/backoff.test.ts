import fc from 'fast-check';
import { fullJitterDelay } from './backoff';

it('doubles its bound up to the cap', () => {
  const bounds = [1, 2, 3, 4, 5, 1_000].map((attempts) =>
    fullJitterDelay(attempts, { baseMs: 100, capMs: 900 }, () => 1),
  );
  expect(bounds).toEqual([100, 200, 400, 800, 900, 900]);
});

it('lies anywhere below the bound, by chance', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), unit, (attempts, random) => {
      const bound = fullJitterDelay(attempts, { baseMs: 50, capMs: 5_000 }, () => 1);
      expect(fullJitterDelay(attempts, { baseMs: 50, capMs: 5_000 }, () => random)).toBe(random * bound);
    }),
  );
});

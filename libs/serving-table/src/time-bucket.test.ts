import { formatEventTime } from '@ad-analytics/event-schemas';
import fc from 'fast-check';
import { bucketOf, bucketsBetween } from './time-bucket';

const DAY = 86_400_000;
const moment = fc.integer({ min: 0, max: 60_000 * DAY });

it.each(['minute', 'hour'] as const)('names every bucket of a range once, in order: %s', (size) => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: DAY }), fc.nat(DAY - 1), (from, length, within) => {
      const buckets = bucketsBetween(from, from + length, size);
      expect(buckets).toEqual([...new Set(buckets)].sort());
      expect(buckets[0]).toBe(bucketOf(formatEventTime(from), size));
      expect(buckets.at(-1)).toBe(bucketOf(formatEventTime(from + length - 1), size));
      expect(buckets).toContain(bucketOf(formatEventTime(from + (within % length)), size));
    }),
  );
});

it('names none for an empty range', () => {
  expect(bucketsBetween(5, 5, 'hour')).toEqual([]);
});

import fc from 'fast-check';
import { ReadPlan } from './read-plan';

const TIMING = { bucketMs: 10_000, lagMs: 10_000, retainMs: 600_000 };
const NOW = Date.parse('2026-11-24T10:00:03.000Z');

describe('ReadPlan', () => {
  it('reads around the current time, and older buckets backwards until all were read', () => {
    const plan = new ReadPlan(TIMING);
    const read: number[] = [];
    let polls = 0;
    while (!plan.caughtUp) {
      const { recent, older } = plan.next(NOW, undefined);
      for (const { from, to } of [...recent, ...older])
        for (let start = from; start < to; start += TIMING.bucketMs) read.push(start);
      polls += 1;
      expect(polls).toBeLessThan(10);
    }
    const last = Math.floor((NOW - TIMING.lagMs) / 10_000) * 10_000;
    for (let start = last; start >= last - TIMING.retainMs; start -= 10_000) expect(read).toContain(start);
  });

  it('follows a sink that is behind, and still reads the current time', () => {
    const plan = new ReadPlan(TIMING);
    const newest = NOW - 400_000 - (NOW % 10_000);
    const { recent } = plan.next(NOW, newest);
    expect(recent).toHaveLength(2);
    expect(recent[0]!.from).toBeLessThanOrEqual(newest);
    expect(recent[0]!.to).toBeGreaterThan(newest + 60_000);
    expect(recent[1]!.to).toBeGreaterThan(NOW - TIMING.lagMs);
  });

  it('reads ahead for results that a drained job writes early', () => {
    const ahead = 600_000;
    const { recent } = new ReadPlan({ ...TIMING, lagMs: 0, aheadMs: ahead }).next(NOW, NOW - (NOW % 10_000));
    expect(recent).toHaveLength(1);
    expect(recent[0]!.from).toBeLessThan(NOW);
    expect(recent[0]!.to).toBeGreaterThan(NOW + ahead);
  });

  it('always returns aligned, ordered ranges of bounded length without overlap', () => {
    const times = fc.record({
      ageMs: fc.option(fc.integer({ min: -60_000, max: 10_000_000 })),
      bucketMs: fc.constantFrom(1_000, 7_000, 10_000, 60_000, 300_000),
      lagMs: fc.constantFrom(0, 10_000, 610_000),
      aheadMs: fc.constantFrom(0, 60_000, 600_000),
      polls: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(times, ({ ageMs, bucketMs, lagMs, aheadMs, polls }) => {
        const plan = new ReadPlan({ bucketMs, lagMs, aheadMs, retainMs: 3_600_000 });
        const newest = ageMs === null ? undefined : Math.floor((NOW - ageMs) / bucketMs) * bucketMs;
        for (let poll = 0; poll < polls; poll += 1) {
          const { recent, older } = plan.next(NOW + poll * 2_000, newest);
          const ranges = [...older, ...recent];
          ranges.forEach(({ from, to }, index) => {
            expect([from % bucketMs, to % bucketMs]).toEqual([0, 0]);
            expect(to).toBeGreaterThan(from);
            if (index > 0) expect(from).toBeGreaterThanOrEqual(ranges[index - 1]!.to);
            expect(to - from).toBeLessThanOrEqual(Math.max(15 * bucketMs, 400_000) + aheadMs);
          });
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { RandomStream } from './random-stream';

const draws = (stream: RandomStream, count = 5) => Array.from({ length: count }, () => stream.uniform());

describe('RandomStream', () => {
  it('is the same for the same seed and name, and different otherwise', () => {
    expect(draws(RandomStream.of(1, 'a'))).toEqual(draws(RandomStream.of(1, 'a')));
    expect(draws(RandomStream.of(1, 'a'))).not.toEqual(draws(RandomStream.of(1, 'b')));
    expect(draws(RandomStream.of(1, 'a'))).not.toEqual(draws(RandomStream.of(2, 'a')));
  });

  it('has children that do not depend on earlier draws', () => {
    const stream = RandomStream.of(1, 'a');
    const before = draws(stream.child(7));
    draws(stream);
    expect(draws(stream.child(7))).toEqual(before);
    expect(draws(stream.child(8))).not.toEqual(before);
  });

  it('has children whose first values are uniformly distributed, also for adjacent indexes', () => {
    const parent = RandomStream.of(3, 'children');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i += 1) counts[Math.floor(parent.child(i).uniform() * 10)]! += 1;
    // Expected: 2,000 per bucket, with a standard deviation of 42.
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(250);
  });

  it('creates distinct UUIDs of version 4', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const stream = RandomStream.of(seed, 'ids');
        const ids = Array.from({ length: 50 }, () => stream.uuid());
        for (const id of ids)
          expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(new Set(ids).size).toBe(50);
      }),
      { numRuns: 50 },
    );
  });

  it('has the moments of its distributions', () => {
    const stream = RandomStream.of(5, 'moments');
    const n = 50_000;
    const mean = (draw: () => number) => Array.from({ length: n }, draw).reduce((sum, x) => sum + x, 0) / n;
    // Bounds of about six standard errors.
    expect(Math.abs(mean(() => stream.uniform()) - 0.5)).toBeLessThan(0.008);
    expect(Math.abs(mean(() => stream.exponential(2)) - 2)).toBeLessThan(0.06);
    expect(Math.abs(mean(() => stream.normal()))).toBeLessThan(0.03);
    expect(Math.abs(mean(() => stream.normal() ** 2) - 1)).toBeLessThan(0.04);
    const logs = mean(() => Math.log(stream.logNormal(8, 1.1)));
    expect(Math.abs(logs - Math.log(8))).toBeLessThan(0.03);
  });

  it('rejects an empty list', () => {
    expect(() => RandomStream.of(1, 'a').pick([])).toThrow(RangeError);
  });
});

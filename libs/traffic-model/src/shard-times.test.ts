import fc from 'fast-check';
import { hashPosition, ShardTimes } from './shard-times';

describe('hashPosition', () => {
  it('is the MD5 of the key as a fraction of the hash space', () => {
    // MD5("") = d41d8cd98f00..., MD5("a") = 0cc175b9c0f1...
    expect(hashPosition('')).toBe(0xd41d8cd98f00 / 2 ** 48);
    expect(hashPosition('a')).toBe(0x0cc175b9c0f1 / 2 ** 48);
  });
});

describe('ShardTimes', () => {
  it('agrees with a search through all events for every number of shards', () => {
    const event = fc.tuple(fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 30 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (events, asked) => {
          const times = new ShardTimes(5);
          for (const [position, time] of events) times.observe(position, time);
          const greatest = [1, 2, 3, 4, 5].map((shards) =>
            Math.max(
              -Infinity,
              ...events
                .filter(([position]) => Math.floor(position * shards) === Math.floor(asked * shards))
                .map(([, time]) => time),
            ),
          );
          expect(times.leastGreatest(asked)).toBe(Math.min(...greatest));
          expect(times.greatestOfAll).toBe(greatest[0]);
        },
      ),
    );
  });
});

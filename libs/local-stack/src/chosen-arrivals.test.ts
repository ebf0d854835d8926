import * as fc from 'fast-check';
import { shardOfKey } from './kinesis/shard-of-key';
import { keyOfArrival } from './chosen-arrivals';

describe('keyOfArrival', () => {
  it('contains the arrival time, and maps to the shard of the key', () => {
    fc.assert(
      fc.property(
        fc.nat(4e12),
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 8 }),
        (arrival, key, shards) => {
          const told = keyOfArrival(arrival, key, shards);
          expect(told).toMatch(new RegExp(`^arrived-${arrival}-\\d+$`));
          expect(shardOfKey(told, shards)).toBe(shardOfKey(key, shards));
        },
      ),
    );
  });
});

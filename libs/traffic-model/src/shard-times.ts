import { hash } from 'node:crypto';

/** Number of used hexadecimal digits of the hash. The others matter only at the exact edge of a shard. */
const HASH_DIGITS = 12;
const HASH_SPACE = 16 ** HASH_DIGITS;

/**
 * @param partitionKey of a record
 * @returns its position in the space of hash keys (MD5 of the key), 0 to less than 1
 */
export function hashPosition(partitionKey: string): number {
  return Number.parseInt(hash('md5', partitionKey, 'hex').slice(0, HASH_DIGITS), 16) / HASH_SPACE;
}

/**
 * The greatest event time in each shard of one stream, for every possible number of equal shards: lateness depends on the shard, and the
 * model does not know the number of shards.
 */
export class ShardTimes {
  /** The greatest times of the shards, concatenated for 1, 2, ... shards. */
  private readonly greatest: Float64Array;

  constructor(private readonly maxShards: number) {
    this.greatest = new Float64Array((maxShards * (maxShards + 1)) / 2).fill(-Infinity);
  }

  private index(shards: number, position: number): number {
    return (shards * (shards - 1)) / 2 + Math.floor(position * shards);
  }

  /** @param position of the record in the space of hash keys @param time of the event, milliseconds */
  observe(position: number, time: number): void {
    for (let shards = 1; shards <= this.maxShards; shards += 1) {
      const index = this.index(shards, position);
      if (time > (this.greatest[index] as number)) this.greatest[index] = time;
    }
  }

  /** Greatest event time in the whole stream. */
  get greatestOfAll(): number {
    return this.greatest[0] as number;
  }

  /** @returns the minimum, over all numbers of shards, of the greatest event time in the shard of this position */
  leastGreatest(position: number): number {
    let least = Infinity;
    for (let shards = 1; shards <= this.maxShards; shards += 1)
      least = Math.min(least, this.greatest[this.index(shards, position)] as number);
    return least;
  }
}

import type { RandomStream } from './random-stream';

/** Random choice from a short list; the k-th most popular item has a weight of k^-exponent (Zipf's law). */
export class ZipfChoice<T> {
  /** Running sum of the shares; the last is 1. */
  private readonly upTo: readonly number[];
  /** Share of each, in the order of the items. */
  readonly shares: readonly number[];

  /**
   * @param items most popular first, at least one
   * @param exponent 0: uniform; 1: classic Zipf's law
   */
  constructor(
    readonly items: readonly T[],
    exponent: number,
  ) {
    if (items.length === 0) throw new RangeError('the list of weights is empty');
    const weights = items.map((_, i) => (i + 1) ** -exponent);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.shares = weights.map((weight) => weight / total);
    let sum = 0;
    this.upTo = this.shares.map((share) => (sum += share));
  }

  pick(random: RandomStream): T {
    const u = random.uniform();
    let low = 0;
    let high = this.items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (u < (this.upTo[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return this.items[low] as T;
  }
}

/**
 * Random choice from a very large range, without a table: the continuous form of Zipf's law for an exponent below 1, with the distribution
 * function (k / count)^(1 - exponent).
 * @param count size of the range
 * @param exponent 0 to less than 1
 * @returns index from 0; smaller ones are more popular
 */
export function pickPopular(random: RandomStream, count: number, exponent: number): number {
  return Math.min(count - 1, Math.floor(count * random.uniform() ** (1 / (1 - exponent))));
}

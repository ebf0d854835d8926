import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Finaliser of MurmurHash3: a permutation of 32-bit numbers that scatters adjacent numbers. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The two hexadecimal digits of each byte. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** @returns the hexadecimal digits of the lower 16 bits */
function hex16(value: number): string {
  return (HEX[(value >>> 8) & 0xff] as string) + (HEX[value & 0xff] as string);
}

/** @returns the hexadecimal digits of 32 bits */
function hex32(value: number): string {
  return hex16(value >>> 16) + hex16(value);
}

/**
 * Random numbers for one purpose. Every purpose has its own stream, derived from the seed and a name, so that a change of one setting
 * affects only the values that depend on it.
 */
export class RandomStream {
  private constructor(
    private readonly generator: RandomGenerator,
    private readonly state: readonly number[],
  ) {}

  /** @param seed of the run @param name of the purpose */
  static of(seed: number, name: string): RandomStream {
    const digest = createHash('sha256').update(`${seed}/${name}`).digest();
    return RandomStream.from([0, 4, 8, 12].map((at) => digest.readInt32BE(at)));
  }

  private static from(state: readonly number[]): RandomStream {
    return new RandomStream(xoroshiro128plusFromState(state), state);
  }

  /**
   * @param index 0 to 2^32 - 1
   * @returns the child stream of an index, independent of draws from this stream: the same index gives the same stream
   */
  child(index: number): RandomStream {
    return RandomStream.from(this.state.map((word, i) => mix(word ^ mix(index + Math.imul(i + 1, 0x9e3779b9)))));
  }

  /** @returns in [0, 1) */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /** @returns in [from, to) */
  between(from: number, to: number): number {
    return from + (to - from) * this.uniform();
  }

  /** @returns integer between from and to, both inclusive */
  integer(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }

  /** @param probability 0 to 1 */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** @returns one of the items, all equally likely @throws RangeError when the list is empty */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('the list is empty');
    return items[this.integer(0, items.length - 1)] as T;
  }

  /** @param mean of the exponential distribution: the gap of a Poisson process */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** @returns standard normal (Box-Muller) */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** @param median of the distribution @param sigma standard deviation of its logarithm */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** @returns UUID, version 4 (RFC 9562), of this stream's bits */
  uuid(): string {
    const { generator } = this;
    const [a, b, c, d] = [generator.next(), generator.next(), generator.next(), generator.next()];
    const version = 0x4000 | ((b >>> 4) & 0x0fff);
    const variant = 0x8000 | ((c >>> 16) & 0x3fff);
    return `${hex32(a)}-${hex16(b >>> 16)}-${hex16(version)}-${hex16(variant)}-${hex16(c)}${hex32(d)}`;
  }
}

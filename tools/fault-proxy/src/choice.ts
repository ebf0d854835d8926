import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded random choices. */
export class Choice {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** @returns a whole number from 0 to below `end` */
  below(end: number): number {
    return uniformInt(this.generator, 0, end - 1);
  }

  /** @returns true with a probability of one in this many */
  oneIn(cases: number): boolean {
    return this.below(cases) === 0;
  }

  /** @returns one of the values, which must not be empty */
  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** @returns a unique value of 12 hexadecimal digits */
  name(): string {
    return [0, 1]
      .map(() =>
        this.below(1 << 24)
          .toString(16)
          .padStart(6, '0'),
      )
      .join('');
  }
}

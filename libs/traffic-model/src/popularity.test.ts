import { pickPopular, ZipfChoice } from './popularity';
import { RandomStream } from './random-stream';

describe('ZipfChoice', () => {
  it('picks the k-th item with a weight of k^-exponent', () => {
    const choice = new ZipfChoice(['a', 'b', 'c'], 1);
    [6, 3, 2].forEach((parts, i) => expect(choice.shares[i]).toBeCloseTo(parts / 11));
    const random = RandomStream.of(1, 'zipf');
    const counts: Record<string, number> = { a: 0, b: 0, c: 0 };
    for (let i = 0; i < 11_000; i += 1) counts[choice.pick(random)]! += 1;
    expect(Math.abs(counts['a']! - 6_000)).toBeLessThan(320);
    expect(Math.abs(counts['b']! - 3_000)).toBeLessThan(290);
  });

  it('rejects an empty list', () => {
    expect(() => new ZipfChoice([], 1)).toThrow(RangeError);
  });
});

describe('pickPopular', () => {
  it('stays within the count and follows (k / count)^(1 - exponent)', () => {
    const random = RandomStream.of(2, 'many');
    const picks = Array.from({ length: 20_000 }, () => pickPopular(random, 1_000, 0.4));
    expect(Math.max(...picks)).toBeLessThan(1_000);
    const firstTenth = picks.filter((pick) => pick < 100).length / picks.length;
    expect(Math.abs(firstTenth - 0.1 ** 0.6)).toBeLessThan(0.02);
  });
});

import { seedOf } from './simulate-command';

describe('the seed of a simulation', () => {
  it.each(['0', '20261128', '-8737834682191197373', '9223372036854775807'])('can be %s', (seed) =>
    expect(seedOf(seed)).toBe(seed),
  );

  it.each(['', 'x', '1.5', '9223372036854775808', '--seed'])('cannot be "%s"', (seed) =>
    expect(() => seedOf(seed)).toThrow('whole number of 64 bits'),
  );
});

import { residentMemory } from '../process-memory';
import { thinned } from './memory-curve';

describe('residentMemory', () => {
  it('is the resident set in bytes', () =>
    expect(residentMemory(42, () => 'Name:\tnode\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n')).toBe(1024 ** 2));

  it('is undefined without /proc', () =>
    expect(
      residentMemory(42, () => {
        throw new Error('no such file');
      }),
    ).toBeUndefined());
});

describe('thinned', () => {
  const samples = [5, 9, 1, 2, 7].map((bytes, seconds) => ({ seconds, bytes }));

  it('keeps the peaks', () =>
    expect(thinned(samples, 2)).toEqual([
      { seconds: 1, bytes: 9 },
      { seconds: 4, bytes: 7 },
    ]));

  it('keeps all samples if there are few', () => expect(thinned(samples, 5)).toEqual(samples));

  it('has no point without samples', () => expect(thinned([], 5)).toEqual([]));
});

import { clockPace } from './pace';

describe('clockPace', () => {
  it('waits longer than one timer can, with several timers', async () => {
    let clock = 5_000;
    const waits: number[] = [];
    const time = { now: () => clock, wait: async (ms: number) => void (waits.push(ms), (clock += ms)) };
    const pace = clockPace(new AbortController().signal, time);
    expect(await pace.until(2 ** 32 + 50)).toBe(true);
    expect(waits).toEqual([2 ** 31 - 1, 2 ** 31 - 1, 52]);
    expect(clock).toBe(5_000 + 2 ** 32 + 50);
  });

  it('ends a wait when it is stopped', async () => {
    const stop = new AbortController();
    const pace = clockPace(stop.signal, { now: () => 0, wait: async () => stop.abort() });
    expect(await pace.until(2 ** 40)).toBe(false);
  });
});

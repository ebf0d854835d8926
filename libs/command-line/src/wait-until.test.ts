import { waitUntil } from './wait-until';

describe('waitUntil', () => {
  // Long enough for a busy machine, except in the tests of the time-out itself.
  const options = { intervalMs: 1, timeoutMs: 60_000, onTimeout: () => new Error('too late') };

  it('polls until there is an answer', async () => {
    let asked = 0;
    expect(await waitUntil(async () => ((asked += 1) < 3 ? undefined : asked), options)).toBe(3);
  });

  it('stops after the time-out', () =>
    expect(waitUntil(async () => undefined, { ...options, timeoutMs: 5 })).rejects.toThrow('too late'));

  describe('by a clock that the test moves', () => {
    let now = 0;
    let asked = 0;
    beforeEach(() => {
      [now, asked] = [0, 0];
      jest.spyOn(Date, 'now').mockImplementation(() => now);
    });
    afterEach(() => jest.restoreAllMocks());
    /** A poll with this duration and without an answer. */
    const look = (takesMs: number) => async () => {
      [now, asked] = [now + takesMs, asked + 1];
      return undefined;
    };

    it('continues while there is progress, and stops after the time-out without progress', async () => {
      const progress = () => Math.min(asked, 100);
      await expect(waitUntil(look(1), { ...options, timeoutMs: 10, progress })).rejects.toThrow('too late');
      expect(asked).toBe(110);
    });

    it('counts at most two intervals for a slow poll', async () => {
      await expect(waitUntil(look(5_000), { ...options, timeoutMs: 20 })).rejects.toThrow('too late');
      expect(asked).toBe(11);
    });
  });

  it('stops at the signal', () => {
    const signal = AbortSignal.abort(new Error('enough'));
    return expect(waitUntil(async () => undefined, { ...options, signal })).rejects.toThrow('enough');
  });
});

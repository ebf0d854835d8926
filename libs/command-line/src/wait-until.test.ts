import { waitUntil } from './wait-until';

describe('waitUntil', () => {
  // Long enough never to matter on a busy machine, but where running out of it is the point.
  const options = { intervalMs: 1, timeoutMs: 60_000, onTimeout: () => new Error('too late') };

  it('asks until there is an answer', async () => {
    let asked = 0;
    expect(await waitUntil(async () => ((asked += 1) < 3 ? undefined : asked), options)).toBe(3);
  });

  it('gives up when the time is over', () =>
    expect(waitUntil(async () => undefined, { ...options, timeoutMs: 5 })).rejects.toThrow('too late'));

  describe('by a clock that the test moves', () => {
    let now = 0;
    let asked = 0;
    beforeEach(() => {
      [now, asked] = [0, 0];
      jest.spyOn(Date, 'now').mockImplementation(() => now);
    });
    afterEach(() => jest.restoreAllMocks());
    /** A look that takes so long, and has no answer. */
    const look = (takesMs: number) => async () => {
      [now, asked] = [now + takesMs, asked + 1];
      return undefined;
    };

    it('goes on as long as there is progress, and gives up after this long without progress', async () => {
      const progress = () => Math.min(asked, 100);
      await expect(waitUntil(look(1), { ...options, timeoutMs: 10, progress })).rejects.toThrow('too late');
      expect(asked).toBe(110);
    });

    it('counts at most two intervals for a look that takes long', async () => {
      await expect(waitUntil(look(5_000), { ...options, timeoutMs: 20 })).rejects.toThrow('too late');
      expect(asked).toBe(11);
    });
  });

  it('ends with the signal', () => {
    const signal = AbortSignal.abort(new Error('enough'));
    return expect(waitUntil(async () => undefined, { ...options, signal })).rejects.toThrow('enough');
  });
});

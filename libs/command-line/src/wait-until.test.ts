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

  it('ends with the signal', () => {
    const signal = AbortSignal.abort(new Error('enough'));
    return expect(waitUntil(async () => undefined, { ...options, signal })).rejects.toThrow('enough');
  });
});

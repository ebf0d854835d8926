import { waitUntil } from './wait-until';

describe('waitUntil', () => {
  const options = { intervalMs: 1, timeoutMs: 20, onTimeout: () => new Error('too late') };

  it('asks until there is an answer', async () => {
    let asked = 0;
    expect(await waitUntil(async () => ((asked += 1) < 3 ? undefined : asked), options)).toBe(3);
  });

  it('gives up in time', () => expect(waitUntil(async () => undefined, options)).rejects.toThrow('too late'));

  it('ends with the signal', () => {
    const signal = AbortSignal.abort(new Error('enough'));
    return expect(waitUntil(async () => undefined, { ...options, signal })).rejects.toThrow('enough');
  });
});

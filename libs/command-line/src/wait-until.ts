import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until there is an answer.
 * @param probe returns the answer, or undefined if none exists yet; a rejection ends the wait
 * @param options `intervalMs` between polls, `timeoutMs` in all, `onTimeout` makes the error, `signal` ends the wait early
 * @returns the answer
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined>,
  options: { intervalMs: number; timeoutMs: number; onTimeout: () => Error; signal?: AbortSignal },
): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (Date.now() >= deadline) throw options.onTimeout();
    await sleep(options.intervalMs, undefined, options.signal ? { signal: options.signal } : {});
  }
}

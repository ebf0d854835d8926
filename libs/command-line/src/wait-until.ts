import { setTimeout as sleep } from 'node:timers/promises';

/** A poll and the pause after it count as at most this many intervals. */
const MAX_INTERVALS = 2;

/**
 * Polls until there is an answer. On a busy machine, a poll can take long; this does not exhaust the time-out, because a poll and its pause
 * count as at most two intervals.
 * @param probe returns the answer, or undefined if none exists yet; a rejection ends the wait
 * @param options `intervalMs` between polls, `timeoutMs` in all, or since the last change of what `progress` returns, `onTimeout` creates
 *   the error, `signal` ends the wait early
 * @returns the answer
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined>,
  options: {
    intervalMs: number;
    timeoutMs: number;
    progress?: () => number;
    onTimeout: () => Error;
    signal?: AbortSignal;
  },
): Promise<T> {
  const { intervalMs, timeoutMs, progress, signal } = options;
  let waited = 0;
  let reached = progress?.();
  let last = Date.now();
  for (;;) {
    signal?.throwIfAborted();
    const answer = await probe();
    if (answer !== undefined) return answer;
    const now = progress?.();
    if (now !== reached) waited = 0;
    reached = now;
    if (waited >= timeoutMs) throw options.onTimeout();
    await sleep(intervalMs, undefined, signal ? { signal } : {});
    waited += Math.min(Date.now() - last, MAX_INTERVALS * intervalMs);
    last = Date.now();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

/** How often a partially refused request is sent, and how long to wait between attempts. */
export interface Backoff {
  readonly maxAttempts: number;
  /** Upper bound of the first wait, in milliseconds; it doubles with every further wait. */
  readonly baseMs: number;
  /** Upper bound of any wait, milliseconds. */
  readonly capMs: number;
}

/** About 3 s of waiting on average; the next delivery of the batch repeats what is not done by then. */
export const DEFAULT_BACKOFF: Backoff = { maxAttempts: 8, baseMs: 50, capMs: 2_000 };

/**
 * Waits with exponential backoff and full jitter: uniform in [0, min(cap, base * 2^(attempts - 1))).
 * Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * @param attempts number of attempts so far, 1 or more
 * @param signal ends the wait
 * @returns false if the signal ended
 *   the wait
 */
export async function waitBeforeRetry(attempts: number, backoff: Backoff, signal: AbortSignal): Promise<boolean> {
  const bound = Math.min(backoff.capMs, backoff.baseMs * 2 ** (attempts - 1));
  try {
    await sleep(Math.random() * bound, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

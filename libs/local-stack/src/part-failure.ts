import { setTimeout as sleep } from 'node:timers/promises';
import type { Parts } from './parts';

const PART_FAILURE_DELAY_MS = 1_000;

/** Rejects as soon as the signal comes, so that a race with it ends. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** When a part dies, what used it fails as well, and often sooner: lets the part's own message win. */
export async function preferPartFailure<T>(promise: Promise<T>, parts: Parts): Promise<T> {
  const later = promise.catch(async (error: unknown) => {
    await Promise.race([parts.failed, sleep(PART_FAILURE_DELAY_MS)]);
    throw error;
  });
  return Promise.race([later, parts.failed]);
}

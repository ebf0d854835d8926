import { setTimeout as sleep } from 'node:timers/promises';
import type { Parts } from './parts';

const PART_FAILURE_DELAY_MS = 1_000;

/** Rejects at the signal, so that a race with it ends. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** When a part dies, its users also fail, and often earlier. Prefers the failure of the part. */
export async function preferPartFailure<T>(promise: Promise<T>, parts: Parts): Promise<T> {
  const later = promise.catch(async (error: unknown) => {
    await Promise.race([parts.failed, sleep(PART_FAILURE_DELAY_MS)]);
    throw error;
  });
  return Promise.race([later, parts.failed]);
}

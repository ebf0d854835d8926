import { type BackoffOptions, fullJitterDelay } from '@ad-analytics/kinesis-writer';

/** AWS does not say how long Lambda waits; five seconds at most keep a local run lively. */
const BACKOFF: BackoffOptions = { baseMs: 100, capMs: 5_000 };

/**
 * @param failures in a row, 1 or more
 * @param random uniform in [0, 1)
 * @returns milliseconds to wait, by exponential backoff with full jitter
 */
export function retryDelayMs(failures: number, random: number): number {
  return fullJitterDelay(failures, BACKOFF, () => random);
}

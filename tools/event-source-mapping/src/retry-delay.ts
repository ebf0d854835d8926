import { type BackoffOptions, fullJitterDelay } from '@ad-analytics/kinesis-writer';

/** Maximum delay. AWS does not document Lambda's delays; five seconds keep a local run responsive. */
const BACKOFF: BackoffOptions = { baseMs: 100, capMs: 5_000 };

/**
 * @param failures in a row, 1 or more
 * @param random uniform in [0, 1)
 * @returns delay in milliseconds: exponential backoff with full jitter
 */
export function retryDelayMs(failures: number, random: number): number {
  return fullJitterDelay(failures, BACKOFF, () => random);
}

const BASE_MS = 100;
const CAP_MS = 5_000;

/**
 * Exponential backoff with full jitter: uniform in [0, min(cap, base * 2^(failures - 1))). AWS does not say how long Lambda waits; five seconds
 * at most keep a local run lively.
 * Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * @param failures in a row, 1 or more
 * @param random uniform in [0, 1)
 * @returns milliseconds
 */
export function retryDelayMs(failures: number, random: number): number {
  return random * Math.min(CAP_MS, BASE_MS * 2 ** (failures - 1));
}

/** Growth of the waiting times between attempts. */
export interface BackoffOptions {
  /** Upper bound of the first wait, in milliseconds. */
  readonly baseMs: number;
  /** Upper bound of any wait, milliseconds. */
  readonly capMs: number;
}

/**
 * Exponential backoff with full jitter: uniform in [0, min(cap, base * 2^(attempts - 1))).
 * Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * @param attempts number of attempts so far, 1 or more
 * @param options bounds
 * @param random uniform in [0, 1)
 * @returns milliseconds to wait
 */
export function fullJitterDelay(attempts: number, options: BackoffOptions, random: () => number): number {
  // 2^30 * 1 ms is twelve days: far above any cap, and no overflow.
  const exponent = Math.min(attempts - 1, 30);
  return random() * Math.min(options.capMs, options.baseMs * 2 ** exponent);
}

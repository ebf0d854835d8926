/** The part of Lambda's context that returns the remaining time. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

/**
 * If Lambda kills an invocation, the invocation reports nothing, and Lambda delivers its whole batch again. If it stops
 * in time, it reports what is missing.
 * @param context Lambda's context
 * @param reserveMs time to leave for the work afterwards, in milliseconds
 * @returns a signal that aborts once only the reserve is left
 */
export function deadline(context: RemainingTime, reserveMs: number): AbortSignal {
  const leftMs = Math.floor(context.getRemainingTimeInMillis() - reserveMs);
  return leftMs > 0 ? AbortSignal.timeout(leftMs) : AbortSignal.abort();
}

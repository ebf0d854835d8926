/** What tells how long an invocation may still run: Lambda's context. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

/**
 * An invocation that Lambda kills reports nothing, and its whole batch comes again; one that gives up in time reports what is missing.
 * @param context Lambda's context
 * @param reserveMs what shall be left for the work afterwards, milliseconds
 * @returns a signal that aborts once only the reserve is left
 */
export function deadline(context: RemainingTime, reserveMs: number): AbortSignal {
  const leftMs = Math.floor(context.getRemainingTimeInMillis() - reserveMs);
  return leftMs > 0 ? AbortSignal.timeout(leftMs) : AbortSignal.abort();
}

/** The writer's clock, which tests can run faster than real time. */
export interface Clock {
  /** @returns milliseconds, monotonic */
  now(): number;
  /**
   * @param delayMs milliseconds from now
   * @param action called once
   * @returns cancels the call
   */
  schedule(delayMs: number, action: () => void): () => void;
}

/** The process's monotonic clock and timers. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

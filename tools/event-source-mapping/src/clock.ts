import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the poller sees it; a test has its own. */
export interface Clock {
  /** @returns milliseconds since the epoch */
  now(): number;
  /** Resolves after so many milliseconds, or as soon as the signal comes. */
  wait(ms: number, until: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  wait: (ms, until) => sleep(ms, undefined, { signal: until }).catch(() => {}),
};

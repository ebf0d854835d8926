import { setTimeout as sleep } from 'node:timers/promises';

/** The clock of the poller; tests replace it. */
export interface Clock {
  /** @returns milliseconds since the epoch */
  now(): number;
  /** Resolves after this number of milliseconds, or at the signal. */
  wait(ms: number, until: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  wait: (ms, until) => sleep(ms, undefined, { signal: until }).catch(() => {}),
};

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** The precision of timers: shorter waits are skipped. */
const MIN_WAIT_MS = 2;
/** Number of records after which the event loop gets a turn. Otherwise Ctrl-C would have no effect. */
const TURN_EVERY = 1_000;
/** A longer timer would fire immediately. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Delays records until they are due. */
export interface Pace {
  /**
   * @param arrivalMs since the start
   * @returns false if the run was stopped meanwhile
   */
  until(arrivalMs: number): Promise<boolean>;
  /** Delay of the last record, in milliseconds. */
  readonly behindMs: number;
}

type Sleep = (ms: number, signal: AbortSignal) => Promise<unknown>;
const timer: Sleep = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {});

/**
 * @param stop ends a wait
 * @param time for tests: `now` is a clock in milliseconds, `wait` a timer
 * @returns a pace that follows the clock
 */
export function clockPace(
  stop: AbortSignal,
  { now, wait: waitFor } = { now: () => performance.now(), wait: timer },
): Pace {
  const start = now();
  let behindMs = 0;
  let passed = 0;
  return {
    get behindMs() {
      return behindMs;
    },
    async until(arrivalMs) {
      let wait = start + arrivalMs - now();
      behindMs = Math.max(0, -wait);
      if (wait > MIN_WAIT_MS)
        for (; wait > MIN_WAIT_MS && !stop.aborted; wait = start + arrivalMs - now())
          await waitFor(Math.min(wait, LONGEST_TIMER_MS), stop);
      else if (++passed % TURN_EVERY === 0) await turn();
      return !stop.aborted;
    },
  };
}

/**
 * @returns a pace that does not delay records
 * @param stop ends it
 */
export function noPace(stop: AbortSignal): Pace {
  let passed = 0;
  return {
    behindMs: 0,
    async until() {
      passed += 1;
      if (passed % TURN_EVERY === 0) await turn();
      return !stop.aborted;
    },
  };
}

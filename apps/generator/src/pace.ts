import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** Timers are no more exact than this, so that less is not waited for. */
const LEAST_WAIT_MS = 2;
/** Records after which the event loop gets a turn, where nothing else waits: else no Ctrl-C would be heard. */
const TURN_EVERY = 1_000;

/** Holds records back until their time. */
export interface Pace {
  /** @param arrivalMs since the start @returns false when the run was stopped meanwhile */
  until(arrivalMs: number): Promise<boolean>;
  /** How far the record that was last let through is behind its time, milliseconds. */
  readonly behindMs: number;
}

/** @returns a pace that follows the clock @param stop ends a wait */
export function clockPace(stop: AbortSignal): Pace {
  const start = performance.now();
  let behindMs = 0;
  let passed = 0;
  return {
    get behindMs() {
      return behindMs;
    },
    async until(arrivalMs) {
      const wait = start + arrivalMs - performance.now();
      behindMs = Math.max(0, -wait);
      if (wait > LEAST_WAIT_MS) await sleep(wait, undefined, { signal: stop }).catch(() => {});
      else if (++passed % TURN_EVERY === 0) await turn();
      return !stop.aborted;
    },
  };
}

/** @returns a pace that holds nothing back @param stop ends it */
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

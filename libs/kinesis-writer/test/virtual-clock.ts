import { Heap } from 'heap-js';
import type { Clock } from '../src/clock';

interface Timer {
  readonly time: number;
  readonly order: number;
  readonly action: () => void;
  cancelled: boolean;
}

/** Time that passes only as fast as the timers are worked off. */
export class VirtualClock implements Clock {
  private time = 0;
  private order = 0;
  private readonly timers = new Heap<Timer>((a, b) => a.time - b.time || a.order - b.order);

  now(): number {
    return this.time;
  }

  schedule(delayMs: number, action: () => void): () => void {
    const timer: Timer = { time: this.time + delayMs, order: (this.order += 1), action, cancelled: false };
    this.timers.push(timer);
    return () => {
      timer.cancelled = true;
    };
  }

  /** @returns resolves after so many virtual milliseconds */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(delayMs, resolve));
  }

  /**
   * Lets time pass until the promise is settled.
   * @returns its value; throws when no timer is left and it is still pending, which would be a hang
   */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const mark = () => {
      settled = true;
    };
    promise.then(mark, mark);
    for (;;) {
      // Everything that is ready runs before time goes on, including a `put` that lets the event loop turn once.
      for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (settled) return promise;
      const timer = this.timers.pop();
      if (!timer) throw new Error(`hang: nothing is scheduled at ${this.time} ms and the promise is pending`);
      if (timer.cancelled) continue;
      this.time = Math.max(this.time, timer.time);
      timer.action();
    }
  }
}

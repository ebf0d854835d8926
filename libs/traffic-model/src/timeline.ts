import { Heap } from 'heap-js';

interface Pending {
  readonly at: number;
  /** Order of scheduling, which decides between equal times; a heap is not stable. */
  readonly order: number;
  readonly action: () => void;
}

/** Simulated time: an ordered queue of actions. It advances only on request. */
export class Timeline {
  private readonly pending = new Heap<Pending>((a, b) => a.at - b.at || a.order - b.order);
  private scheduled = 0;
  private time = 0;

  /** Milliseconds since the start. */
  get now(): number {
    return this.time;
  }

  /** @param at milliseconds since the start, not before now @param action runs once at that time, and may schedule further actions */
  schedule(at: number, action: () => void): void {
    if (!(at >= this.time))
      throw new RangeError(`cannot schedule at ${at} ms: the simulated time is already ${this.time} ms`);
    this.pending.push({ at, order: this.scheduled, action });
    this.scheduled += 1;
  }

  /** @param end milliseconds @returns whether an action ran: false if none is pending before the end */
  step(end: number): boolean {
    const next = this.pending.peek();
    if (next === undefined || next.at >= end) return false;
    this.pending.pop();
    this.time = next.at;
    next.action();
    return true;
  }
}

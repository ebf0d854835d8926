/** Events per second over the last few seconds, from a counter that only grows. */
export class RateMeter {
  private readonly samples: { at: number; count: number }[] = [];

  /** @param windowMs how far back the rate looks, milliseconds */
  constructor(private readonly windowMs = 10_000) {}

  /** @param count of events so far @param at milliseconds since the epoch */
  sample(count: number, at: number): void {
    const last = this.samples.at(-1);
    // Counters of a restarted job begin again.
    if (last !== undefined && count < last.count) this.samples.length = 0;
    this.samples.push({ at, count });
    while (this.samples.length > 2 && (this.samples[0]?.at ?? 0) < at - this.windowMs) this.samples.shift();
  }

  /** @returns events per second; 0 before the second sample */
  perSecond(): number {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    return ((last.count - first.count) * 1000) / (last.at - first.at);
  }
}

/** Computes a rate per second over the recent past, from counts. */
export class RateMeter {
  private readonly counts: { at: number; count: number }[] = [];
  private started: number | undefined;

  /** @param overMs length of the period, in milliseconds */
  constructor(private readonly overMs: number) {}

  /**
   * @param count number of new items
   * @param at milliseconds since the epoch
   */
  add(count: number, at: number): void {
    // The age of the first count is unknown.
    if (this.started === undefined) this.started = at;
    else this.counts.push({ at, count });
    while ((this.counts[0]?.at ?? Infinity) <= at - this.overMs) this.counts.shift();
  }

  /** @param at milliseconds since the epoch @returns rate; null until there are two counts */
  perSecond(at: number): number | null {
    if (this.started === undefined || at <= this.started || this.counts.length === 0) return null;
    const sum = this.counts.reduce((total, { at: time, count }) => total + (time > at - this.overMs ? count : 0), 0);
    return (sum / Math.min(this.overMs, at - this.started)) * 1_000;
  }
}

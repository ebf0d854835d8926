/** Settings of the adaptive rate. */
export interface AdaptiveRateOptions {
  /** Minimum rate, in entries per second. More than 0. */
  readonly minRate: number;
  /** Factor of the rate when the stream throttles, between 0 and 1. 0.7 as in RFC 9438. */
  readonly decreaseFactor: number;
  /** The rate grows by this times the cube of the seconds, entries per second. 0.4 as in RFC 9438. More than 0. */
  readonly growth: number;
  /** Time in which refusals count as one event: requests that were in flight at the first one add no information. */
  readonly decreaseIntervalMs: number;
}

export const DEFAULT_ADAPTIVE_RATE: AdaptiveRateOptions = {
  minRate: 10,
  decreaseFactor: 0.7,
  growth: 0.4,
  decreaseIntervalMs: 500,
};

/** Maximum time of the rate's budget that one batch may use while the rate is limited. */
const MAX_BURST_SECONDS = 0.25;
/** Period over which the accepted rate is measured. */
const MEASURE_MS = 1_000;

/**
 * Sending rate after CUBIC (RFC 9438, which the AWS SDKs' adaptive retry mode follows too): unlimited until the stream
 * first throttles, then a share of what it accepted last; from there quickly back to near that rate, slowly past
 * it, and ever faster after that. The growth depends on the time alone, so that a rate set far too low, as when the
 * first answer refuses everything, is out of the way within seconds whatever the stream can take.
 *
 * One rate for the whole stream: a single hot shard slows the others down too, in exchange for needing no shard map.
 */
export class AdaptiveRate {
  private limit: number | null = null;
  private peak = 0;
  private lastDecrease = -Infinity;
  private nextSlot = 0;
  private windowStart = 0;
  private lastResponse = -Infinity;
  private acceptedInWindow = 0;
  private acceptedRate = 0;

  constructor(private readonly options: AdaptiveRateOptions = DEFAULT_ADAPTIVE_RATE) {}

  /** @returns entries per second, null while unlimited */
  get current(): number | null {
    return this.limit;
  }

  /** @returns maximum number of entries in a request now */
  get maxBatch(): number {
    return this.limit === null ? Infinity : Math.max(1, Math.floor(this.limit * MAX_BURST_SECONDS));
  }

  /** @returns milliseconds until the next request may start */
  delay(now: number): number {
    return this.limit === null ? 0 : Math.max(0, this.nextSlot - now);
  }

  /** Counts a request with this number of entries. */
  onSend(now: number, entries: number): void {
    // A pause does not mean that the stream is slow: after it, the measurement starts again.
    if (now - this.lastResponse > MEASURE_MS) {
      this.windowStart = now;
      this.acceptedInWindow = 0;
      this.acceptedRate = 0;
    }
    if (this.limit !== null) this.nextSlot = Math.max(now, this.nextSlot) + (entries / this.limit) * 1_000;
  }

  /** The stream accepted this number of entries of a request; `throttled` entries were refused because of the rate. */
  onResponse(now: number, accepted: number, throttled: number): void {
    this.measure(now, accepted);
    if (throttled > 0) this.decrease(now);
    else this.increase(now);
  }

  private measure(now: number, accepted: number): void {
    this.lastResponse = now;
    this.acceptedInWindow += accepted;
    const elapsed = now - this.windowStart;
    if (elapsed < MEASURE_MS) return;
    this.acceptedRate = (this.acceptedInWindow / elapsed) * 1_000;
    this.windowStart = now;
    this.acceptedInWindow = 0;
  }

  private decrease(now: number): void {
    const { minRate, decreaseFactor, decreaseIntervalMs } = this.options;
    if (now - this.lastDecrease < decreaseIntervalMs) return;
    this.lastDecrease = now;
    // Before the first whole second, the count of this window applies as if it were a second long.
    const accepted = this.acceptedRate > 0 ? this.acceptedRate : this.acceptedInWindow;
    // A limit far above the actual rate did not cause the throttling.
    this.peak = Math.min(this.limit ?? Infinity, Math.max(accepted, minRate));
    this.limit = Math.max(minRate, this.peak * decreaseFactor);
    this.nextSlot = Math.max(this.nextSlot, now);
  }

  private increase(now: number): void {
    if (this.limit === null) return;
    const { minRate, decreaseFactor, growth } = this.options;
    const seconds = (now - this.lastDecrease) / 1_000;
    const secondsToPeak = Math.cbrt((this.peak * (1 - decreaseFactor)) / growth);
    this.limit = Math.max(minRate, this.peak + growth * (seconds - secondsToPeak) ** 3);
  }
}

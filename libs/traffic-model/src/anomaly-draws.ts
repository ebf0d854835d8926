import { RandomStream } from './random-stream';
import type { ResolvedSettings } from './settings';

/** The anomaly of an event. Delays are in whole milliseconds after the event. */
export type AnomalyDraw =
  | { readonly anomaly: 'none' }
  | { readonly anomaly: 'malformed'; readonly random: RandomStream }
  | { readonly anomaly: 'late'; readonly delay: number }
  | { readonly anomaly: 'duplicate'; readonly delay: number }
  | { readonly anomaly: 'out_of_order'; readonly delay: number };

const NONE: AnomalyDraw = { anomaly: 'none' };

/**
 * Draws at most one anomaly for each event. Each anomaly has a separate random stream, from which every event draws the
 * same number of values, whatever the result. So a higher share adds events with this anomaly, and the other anomalies stay on the same
 * events.
 */
export class AnomalyDraws {
  private readonly malformed: RandomStream;
  private readonly late: RandomStream;
  private readonly duplicate: RandomStream;
  private readonly outOfOrder: RandomStream;
  /** Among the events without one of the earlier anomalies. */
  private readonly chances: { late: number; duplicate: number; outOfOrder: number };
  private readonly latestStart: number;
  private events = 0;

  constructor(private readonly settings: ResolvedSettings) {
    const { seed, shares, durationSeconds } = settings;
    this.malformed = RandomStream.of(seed, 'fate/malformed');
    this.late = RandomStream.of(seed, 'fate/late');
    this.duplicate = RandomStream.of(seed, 'fate/duplicate');
    this.outOfOrder = RandomStream.of(seed, 'fate/out-of-order');
    const of = (share: number, left: number) => (share === 0 ? 0 : share / left);
    this.chances = {
      late: of(shares.late, 1 - shares.malformed),
      duplicate: of(shares.duplicate, 1 - shares.malformed - shares.late),
      outOfOrder: of(shares.outOfOrder, 1 - shares.malformed - shares.late - shares.duplicate),
    };
    this.latestStart = durationSeconds === undefined ? Infinity : durationSeconds * 1_000;
  }

  /**
   * @param at time of the event, milliseconds since the start
   * @returns its anomaly
   */
  draw(at: number): AnomalyDraw {
    const { shares, lateDelaySeconds, maxOutOfOrdernessSeconds, slackSeconds } = this.settings;
    this.events += 1;
    const malformed = this.malformed.chance(shares.malformed);
    const late = this.late.chance(this.chances.late);
    const lateDelay = Math.ceil(this.late.between(lateDelaySeconds.min, lateDelaySeconds.max) * 1_000);
    const duplicate = this.duplicate.chance(this.chances.duplicate);
    const within = (maxOutOfOrdernessSeconds - slackSeconds) * 1_000;
    const duplicateDelay = Math.floor(this.duplicate.between(0, within));
    const outOfOrder = this.outOfOrder.chance(this.chances.outOfOrder);
    const outOfOrderDelay = Math.floor(this.outOfOrder.between(0, within));
    if (malformed) return { anomaly: 'malformed', random: this.malformed.child(this.events) };
    // After the end of the run, later events are missing, so the event would not be late.
    if (late) return at + lateDelay < this.latestStart ? { anomaly: 'late', delay: lateDelay } : NONE;
    if (duplicate) return { anomaly: 'duplicate', delay: duplicateDelay };
    return outOfOrder ? { anomaly: 'out_of_order', delay: outOfOrderDelay } : NONE;
  }
}

import { formatEventTime } from '@ad-analytics/event-schemas';
import type { Occurrence } from './occurrence';
import type { ResolvedSettings } from './settings';
import { hashPosition } from './shard-times';

/** The expected outcome of an event with a wrong clock. */
export type SkewOutcome = 'rejected' | 'late' | 'on_time';

/** The users with a wrong clock, and their events. */
export class ClockSkew {
  private readonly skewMs: number;

  constructor(private readonly settings: ResolvedSettings) {
    this.skewMs = Math.round(settings.clockSkew.seconds * 1_000);
  }

  /** The outcome of an event of such a user. */
  get outcome(): SkewOutcome {
    const { clockSkew, maxOutOfOrdernessSeconds } = this.settings;
    if (this.skewMs > clockSkew.maxFutureSeconds * 1_000) return 'rejected';
    return this.skewMs < -maxOutOfOrdernessSeconds * 1_000 ? 'late' : 'on_time';
  }

  /**
   * @param occurrence with the true time
   * @returns the event with the time of the user's clock; undefined if the clock is right. The users do not depend on other random draws
   */
  apply(occurrence: Occurrence): Occurrence | undefined {
    const { seed, clockSkew } = this.settings;
    const { user_id: user, event_time: time } = occurrence.event;
    if (clockSkew.share === 0 || hashPosition(`${seed}/clock-skew/${user}`) >= clockSkew.share) return undefined;
    const event = { ...occurrence.event, event_time: formatEventTime(Date.parse(time) + this.skewMs) };
    return { ...occurrence, at: occurrence.at + this.skewMs, event } as Occurrence;
  }
}

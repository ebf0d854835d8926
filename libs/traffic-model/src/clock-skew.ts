import { formatEventTime } from '@ad-analytics/event-schemas';
import type { Occurrence } from './occurrence';
import type { ResolvedSettings } from './settings';
import { hashPosition } from './shard-times';

/** What a wrong clock makes of an event: what the job must find. */
export type SkewOutcome = 'rejected' | 'late' | 'on_time';

/** The users whose clock is wrong, and what their events say. */
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
   * @param occurrence as it happens
   * @returns as the user's clock has it; undefined when the clock is right. The same users every time, whatever else is drawn
   */
  apply(occurrence: Occurrence): Occurrence | undefined {
    const { seed, clockSkew } = this.settings;
    const { user_id: user, event_time: time } = occurrence.event;
    if (clockSkew.share === 0 || hashPosition(`${seed}/clock-skew/${user}`) >= clockSkew.share) return undefined;
    const event = { ...occurrence.event, event_time: formatEventTime(Date.parse(time) + this.skewMs) };
    return { ...occurrence, at: occurrence.at + this.skewMs, event } as Occurrence;
  }
}

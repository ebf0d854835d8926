import type { Click, Impression } from '@ad-analytics/event-schemas';
import { Catalogue, type Placement } from './catalogue';
import { clickEvent, impressionEvent } from './event-factory';
import type { Cause } from './label';
import type { Occurrence } from './occurrence';
import { Population, type Visitor } from './population';
import type { RandomStream } from './random-stream';
import type { ResolvedSettings } from './settings';
import { Timeline } from './timeline';

/** The state of a simulation: its time, people and ads, and the events so far. */
export class World {
  readonly timeline = new Timeline();
  readonly population: Population;
  readonly catalogue: Catalogue;
  private happened: Occurrence[] = [];

  constructor(readonly settings: ResolvedSettings) {
    this.population = new Population(settings.seed, settings.users, settings.namePrefix);
    this.catalogue = new Catalogue(settings);
  }

  /** Whole milliseconds since the start, the precision of an event time. */
  private get at(): number {
    return Math.floor(this.timeline.now);
  }

  /** The visitor sees the ad now. */
  view(visitor: Visitor, placement: Placement, random: RandomStream, cause: Cause): Impression {
    const event = impressionEvent(this.settings.startTime + this.at, visitor, placement, random);
    this.happened.push({ at: this.at, cause, kind: 'impression', event });
    return event;
  }

  /**
   * The visitor clicks now.
   * @param impression seen before; with `orphan`, one that was never sent
   */
  click(visitor: Visitor, impression: Impression, random: RandomStream, cause: Cause, orphan = false): Click {
    const event = clickEvent(this.settings.startTime + this.at, visitor, impression, random);
    this.happened.push({ at: this.at, cause, kind: 'click', event, orphan });
    return event;
  }

  /** @returns all events until the end of the run, in order of event time */
  *occurrences(): Generator<Occurrence, void> {
    const end = this.settings.durationSeconds === undefined ? Infinity : this.settings.durationSeconds * 1_000;
    while (this.timeline.step(end)) {
      if (this.happened.length === 0) continue;
      const batch = this.happened;
      this.happened = [];
      yield* batch;
    }
  }
}

import type { Accusation } from './accusations';
import type { LabelledEvent } from './labelled-event';
import { percentile, ratio } from './measures';
import type { Rule } from './rules';

/** The outcome of all rules together for one kind of actor: an attack, a hard negative, or ordinary visitors. */
export interface GroupScore {
  readonly name: string;
  readonly events: number;
  readonly flagged: number;
  /** Events that are flagged by more than a `duplicate_click` reason. */
  readonly flaggedOtherwise: number;
  readonly share: number | null;
  readonly shareOtherwise: number | null;
  readonly actors: number;
  readonly actorsFound: number;
  /** By rule: number of actors with at least one event that it flags; rules without such actors are left out. */
  readonly actorsByRule: Readonly<Partial<Record<Rule, number>>>;
  /** Seconds from an actor's first event to its first finding. */
  readonly secondsToDetect: { readonly p50: number | null; readonly p95: number | null };
}

interface ActorTally {
  first: number;
  knownAt: number;
  readonly rules: Set<Rule>;
}

/** Counts the outcome of one group of events, seed by seed. */
export class GroupTally {
  private events = 0;
  private flagged = 0;
  private flaggedOtherwise = 0;
  private actors = 0;
  private readonly delays: number[] = [];
  private readonly byRule = new Map<Rule, number>();

  /** @param actorOf returns the actor of an event; default: the labelled actor, or the user for ordinary visitors */
  constructor(
    readonly name: string,
    private readonly actorOf: (event: LabelledEvent) => string = ({ actor, userId }) => actor ?? userId,
  ) {}

  /** @param events of the group in one seed @param accusationsOf each of them */
  add(events: readonly LabelledEvent[], accusationsOf: (event: LabelledEvent) => readonly Accusation[]): void {
    const actors = new Map<string, ActorTally>();
    for (const event of events) {
      const accusations = accusationsOf(event);
      this.events += 1;
      if (accusations.length > 0) this.flagged += 1;
      if (accusations.some(({ rule }) => rule !== 'duplicate_click')) this.flaggedOtherwise += 1;
      const name = this.actorOf(event);
      const actor = actors.get(name) ?? { first: event.time, knownAt: Infinity, rules: new Set<Rule>() };
      actors.set(name, actor);
      actor.first = Math.min(actor.first, event.time);
      for (const { rule, knownAt, actorType } of accusations) {
        // An alert on a publisher accuses the publisher itself, not the users who click there.
        if (actorType === 'publisher' && event.attack !== 'publisher_self_click') continue;
        actor.knownAt = Math.min(actor.knownAt, knownAt);
        actor.rules.add(rule);
      }
    }
    this.actors += actors.size;
    for (const { first, knownAt, rules } of actors.values()) {
      if (knownAt < Infinity) this.delays.push((knownAt - first) / 1_000);
      for (const rule of rules) this.byRule.set(rule, (this.byRule.get(rule) ?? 0) + 1);
    }
  }

  score(): GroupScore {
    const { name, events, flagged, flaggedOtherwise, actors } = this;
    return {
      name,
      events,
      flagged,
      flaggedOtherwise,
      share: ratio(flagged, events),
      shareOtherwise: ratio(flaggedOtherwise, events),
      actors,
      actorsFound: this.delays.length,
      actorsByRule: Object.fromEntries(this.byRule),
      secondsToDetect: { p50: percentile(this.delays, 0.5), p95: percentile(this.delays, 0.95) },
    };
  }
}

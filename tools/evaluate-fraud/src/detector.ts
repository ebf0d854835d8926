import { SOURCES, type Source } from '@ad-analytics/event-schemas';
import { ATTACKS, type Attack } from '@ad-analytics/traffic-model';
import type { Accusation } from './accusations';
import type { LabelledEvent } from './labelled-event';
import { type Quality, percentile, quality } from './measures';
import { scopeOf, type Rule } from './rules';

/** A rule, or several rules as one system, with the expected findings. */
export interface Detector {
  readonly name: string;
  readonly rules: ReadonlySet<Rule>;
  /** Attacks whose events and actors it should find. */
  readonly meantFor: ReadonlySet<Attack>;
  /** Kinds of events that are evaluated; others count neither as flagged nor as missed. */
  readonly kinds: readonly Source[];
}

/** A single rule, evaluated with its target attacks and kinds of events. */
export function ruleDetector(rule: Rule): Detector {
  const { accuses, meantFor } = scopeOf(rule);
  return { name: rule, rules: new Set([rule]), meantFor: new Set(meantFor), kinds: accuses };
}

/** Several rules, evaluated with all attacks. @param kinds of events that are evaluated */
export function systemDetector(name: string, rules: Iterable<Rule>, kinds: readonly Source[] = SOURCES): Detector {
  return { name, rules: new Set(rules), meantFor: new Set(ATTACKS), kinds };
}

/** The figures of a detector. */
export interface DetectorScore {
  readonly name: string;
  readonly events: Quality & {
    readonly flagged: number;
    readonly right: number;
    readonly wanted: number;
    readonly found: number;
  };
  readonly actors: Quality & {
    readonly accused: number;
    readonly right: number;
    readonly attackers: number;
    readonly found: number;
  };
  /** Seconds from an attacker's first event to its first finding, for the attackers that were found. */
  readonly secondsToDetect: { readonly p50: number | null; readonly p95: number | null };
}

/** Counts the findings of a detector, seed by seed. */
export class DetectorTally {
  private flagged = 0;
  private right = 0;
  private wanted = 0;
  private found = 0;
  private accused = 0;
  private rightlyAccused = 0;
  private attackers = 0;
  private readonly delays: number[] = [];

  constructor(readonly detector: Detector) {}

  /**
   * @param events of one seed
   * @param accusationsOf returns the accusations of an event
   * @param alertActors identities that the seed's alerts accuse, with the rule. An alert without an accused event also counts as wrong
   */
  add(
    events: readonly LabelledEvent[],
    accusationsOf: (event: LabelledEvent) => readonly Accusation[],
    alertActors: readonly Pick<Accusation, 'rule' | 'actorType' | 'actorId'>[] = [],
  ): void {
    const { rules, meantFor, kinds } = this.detector;
    const identities = new Map<string, boolean>();
    const name = ({ actorType, actorId }: Pick<Accusation, 'actorType' | 'actorId'>) => `${actorType}:${actorId}`;
    for (const actor of alertActors) if (rules.has(actor.rule)) identities.set(name(actor), false);
    const attackers = new Map<string, { first: number; knownAt: number }>();
    for (const event of events) {
      const wanted = event.attack !== null && meantFor.has(event.attack);
      const attacker = wanted ? (event.actor as string) : undefined;
      if (attacker !== undefined) {
        const known = attackers.get(attacker);
        if (known === undefined) attackers.set(attacker, { first: event.time, knownAt: Infinity });
        else known.first = Math.min(known.first, event.time);
      }
      const accusations = accusationsOf(event).filter(({ rule }) => rules.has(rule));
      for (const accusation of accusations) {
        const right = event.attack !== null && identifies(accusation, event);
        const key = name(accusation);
        identities.set(key, right || (identities.get(key) ?? false));
        const known = attacker === undefined || !right ? undefined : attackers.get(attacker);
        if (known !== undefined) known.knownAt = Math.min(known.knownAt, accusation.knownAt);
      }
      if (!kinds.includes(event.kind)) continue;
      const flagged = accusations.length > 0;
      if (wanted) this.wanted += 1;
      if (wanted && flagged) this.found += 1;
      if (flagged) this.flagged += 1;
      if (flagged && event.attack !== null) this.right += 1;
    }
    this.accused += identities.size;
    for (const right of identities.values()) if (right) this.rightlyAccused += 1;
    this.attackers += attackers.size;
    for (const { first, knownAt } of attackers.values())
      if (knownAt < Infinity) this.delays.push((knownAt - first) / 1_000);
  }

  score(): DetectorScore {
    const { flagged, right, wanted, found } = this;
    const actors = {
      accused: this.accused,
      right: this.rightlyAccused,
      attackers: this.attackers,
      found: this.delays.length,
    };
    return {
      name: this.detector.name,
      events: { flagged, right, wanted, found, ...quality({ flagged, right, wanted, found }) },
      actors: {
        ...actors,
        ...quality({ flagged: actors.accused, right: actors.right, wanted: actors.attackers, found: actors.found }),
      },
      secondsToDetect: { p50: percentile(this.delays, 0.5), p95: percentile(this.delays, 0.95) },
    };
  }
}

/**
 * Whether an accusation identifies the attacker of an event. An alert on a publisher identifies only a publisher that clicks its own ads,
 * not a bot that also clicks there.
 */
function identifies({ actorType }: Accusation, { attack }: LabelledEvent): boolean {
  return actorType !== 'publisher' || attack === 'publisher_self_click';
}

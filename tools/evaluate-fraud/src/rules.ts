import {
  definitionOf,
  FRAUD_RULES,
  type FraudRule,
  INVALID_REASONS,
  type InvalidReason,
  type Source,
} from '@ad-analytics/event-schemas';
import type { Attack } from '@ad-analytics/traffic-model';

/** A rule: it gives a click a reason, raises an alert on an actor, or both (known_bot). */
export type Rule = FraudRule | InvalidReason;

/** The kinds of events of a rule, and its target attacks. */
export interface RuleScope {
  /** Kinds of events that an alert of the rule accuses; a reason always accuses its click. */
  readonly accuses: readonly Source[];
  /** Target attacks: the rule is expected to find every actor. */
  readonly meantFor: readonly Attack[];
}

/** Target attacks of each rule, like in the README of the traffic model, whose tests compare the list with every actor. */
const MEANT_FOR: Readonly<Partial<Record<Rule, readonly Attack[]>>> = {
  duplicate_click: ['click_replay'],
  too_fast_click: ['naive_bot'],
  invalid_placement: ['publisher_self_click'],
  known_bot: ['crawler'],
  click_velocity_ip: ['naive_bot', 'jittered_bot', 'click_replay', 'click_farm'],
  click_velocity_user: ['naive_bot', 'jittered_bot', 'click_replay', 'rotating_addresses'],
  impression_flood: ['crawler'],
  abnormal_ctr: ['naive_bot', 'jittered_bot', 'rotating_addresses', 'publisher_self_click'],
  publisher_ctr_anomaly: ['publisher_self_click'],
  metronome: ['naive_bot'],
  unattributed_burst: ['click_replay'],
  id_fan_out: ['click_farm'],
};

const FRAUD_RULE_NAMES: ReadonlySet<Rule> = new Set(FRAUD_RULES);
const isFraudRule = (rule: Rule): rule is FraudRule => FRAUD_RULE_NAMES.has(rule);

/**
 * @param rule of an alert or of an invalid click
 * @returns its kinds of events and target attacks. A rule that is missing in `MEANT_FOR` has no target attack in the traffic model
 */
export const scopeOf = (rule: Rule): RuleScope => ({
  accuses: isFraudRule(rule) ? definitionOf(rule).accuses : ['click'],
  meantFor: MEANT_FOR[rule] ?? [],
});

/** Reasons first, then alerts. */
export const RULES: readonly Rule[] = [...new Set<Rule>([...INVALID_REASONS, ...FRAUD_RULES])];

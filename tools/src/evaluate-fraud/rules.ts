import {
  FRAUD_RULES,
  type FraudRule,
  INVALID_REASONS,
  type InvalidReason,
  type Source,
} from '@ad-analytics/event-schemas';
import type { Attack } from '@ad-analytics/traffic-model';

/** A rule, whether it gives a click a reason, raises an alert on an actor, or both (known_bot). */
export type Rule = FraudRule | InvalidReason;

/** What a rule speaks about, and what it is there to find. */
export interface RuleScope {
  /** Kinds of events that an alert of the rule accuses; a reason always accuses its click. */
  readonly accuses: readonly Source[];
  /** Attacks that the rule is expected to catch, every actor of them. */
  readonly meantFor: readonly Attack[];
}

const CLICKS: readonly Source[] = ['click'];
const IMPRESSIONS: readonly Source[] = ['impression'];
const ALL: readonly Source[] = ['impression', 'click'];

/**
 * By rule. `accuses` follows from what the rule counts; a rule about a relation of both (a rate, users behind an address) accuses both,
 * except that of a publisher: its impressions are shown to people who have done nothing, and what is wrong with it are its clicks.
 * `meantFor` repeats the traffic model's README, where tests hold it against every actor.
 */
export const RULE_SCOPES: Readonly<Record<Rule, RuleScope>> = {
  duplicate_click: { accuses: CLICKS, meantFor: ['click_replay'] },
  too_fast_click: { accuses: CLICKS, meantFor: ['naive_bot'] },
  invalid_placement: { accuses: CLICKS, meantFor: ['publisher_self_click'] },
  known_bot: { accuses: ALL, meantFor: ['crawler'] },
  click_velocity_ip: { accuses: CLICKS, meantFor: ['naive_bot', 'jittered_bot', 'click_replay', 'click_farm'] },
  click_velocity_user: {
    accuses: CLICKS,
    meantFor: ['naive_bot', 'jittered_bot', 'click_replay', 'rotating_addresses'],
  },
  impression_flood: { accuses: IMPRESSIONS, meantFor: ['crawler'] },
  abnormal_ctr: {
    accuses: ALL,
    meantFor: ['naive_bot', 'jittered_bot', 'rotating_addresses', 'publisher_self_click'],
  },
  publisher_ctr_anomaly: { accuses: CLICKS, meantFor: ['publisher_self_click'] },
  metronome: { accuses: CLICKS, meantFor: ['naive_bot'] },
  unattributed_burst: { accuses: CLICKS, meantFor: ['click_replay'] },
  id_fan_out: { accuses: ALL, meantFor: ['click_farm'] },
};

/** Reasons first, then alerts. */
export const RULES: readonly Rule[] = [...new Set<Rule>([...INVALID_REASONS, ...FRAUD_RULES])];

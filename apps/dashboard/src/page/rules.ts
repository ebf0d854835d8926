import type { FraudRule, InvalidReason } from '@ad-analytics/event-schemas';
import type { IncidentView } from '../view/view';
import { formatAge, formatCount, formatShare } from './format';

interface RuleText {
  readonly name: string;
  /** What was seen and what is allowed, from an incident. */
  readonly evidence: (incident: IncidentView) => string;
}

const over = ({ windowStart, windowEnd }: IncidentView) => formatAge(windowEnd - windowStart);
/** Counts against a limit. */
const counted = (what: string) => (incident: IncidentView) =>
  `${formatCount(incident.observed)} ${what} in ${over(incident)}, limit ${formatCount(incident.threshold)}`;

/** Each rule in words, with its evidence in the rule's own unit. */
export const RULES: Readonly<Record<FraudRule, RuleText>> = {
  click_velocity_ip: { name: 'Click velocity', evidence: counted('clicks') },
  click_velocity_user: { name: 'Click velocity', evidence: counted('clicks') },
  impression_flood: { name: 'Impression flood', evidence: counted('impressions') },
  unattributed_burst: { name: 'Clicks without impression', evidence: counted('clicks without impression') },
  id_fan_out: { name: 'Many users, one address', evidence: counted('users') },
  abnormal_ctr: {
    name: 'Abnormal CTR',
    evidence: (incident) =>
      `CTR ${formatShare(incident.observed)} in ${over(incident)}, limit ${formatShare(incident.threshold)}`,
  },
  publisher_ctr_anomaly: {
    name: 'Publisher CTR anomaly',
    evidence: ({ observed, threshold }) =>
      `CTR ${observed.toFixed(1)} standard deviations above its past, limit ${threshold.toFixed(1)}`,
  },
  metronome: {
    name: 'Metronome clicks',
    evidence: (incident) =>
      `gaps between clicks in ${over(incident)} vary by ${formatShare(incident.observed)} only, limit ${formatShare(incident.threshold)}`,
  },
  known_bot: {
    name: 'Known bot',
    evidence: (incident) => `${formatCount(incident.observed)} events of a declared bot in ${over(incident)}`,
  },
};

/** Why a click is invalid, in words. */
export const INVALID_REASON_NAMES: Readonly<Record<InvalidReason, string>> = {
  duplicate_click: 'Repeated click on the same impression',
  too_fast_click: 'Too fast after the impression',
  invalid_placement: 'Invisible placement',
  known_bot: 'Known bot',
};

/**
 * The fraud rules. This is the source of everything that other projects need to know about a rule: the values of
 * `rule`, the settings with their defaults, the switches, the registration of the SQL, the severity, and the texts of
 * dashboard and evaluation.
 */
import { abnormalCtr } from './abnormal-ctr';
import { clickVelocity } from './click-velocity';
import { idFanOut } from './id-fan-out';
import { impressionFlood } from './impression-flood';
import { knownBot } from './known-bot';
import { metronome } from './metronome';
import { publisherCtrAnomaly } from './publisher-ctr-anomaly';
import type { RuleDefinition, RuleSetting } from './rule-definition';
import { unattributedBurst } from './unattributed-burst';

const DEFINITIONS = [
  knownBot,
  clickVelocity,
  impressionFlood,
  abnormalCtr,
  publisherCtrAnomaly,
  metronome,
  unattributedBurst,
  idFanOut,
] as const;

type Definition = (typeof DEFINITIONS)[number];
type KeysOf<Union> = Union extends unknown ? keyof Union : never;

/** A value of `rule` in an alert. */
export type FraudRule = Definition['alerts'][number];
/** Name of a limit of a rule in the group `Fraud`. */
export type RuleSettingName = KeysOf<Definition['settings']>;

/** All rules. Their order here is their order in every generated list. */
export const RULE_DEFINITIONS: readonly RuleDefinition[] = DEFINITIONS;

/** Values of `rule` in an alert. */
export const FRAUD_RULES: readonly FraudRule[] = DEFINITIONS.flatMap(({ alerts }): readonly FraudRule[] => alerts);

/** All limits, by the name of the setting. */
export const RULE_SETTINGS = Object.fromEntries(
  RULE_DEFINITIONS.flatMap(({ settings }) => Object.entries(settings)),
) as Readonly<Record<RuleSettingName, RuleSetting>>;

/** Names of all limits. */
export const RULE_SETTING_NAMES = Object.keys(RULE_SETTINGS) as readonly RuleSettingName[];

const BY_ALERT = new Map(RULE_DEFINITIONS.flatMap((rule) => rule.alerts.map((alert) => [alert, rule] as const)));

/**
 * @param rule of an alert
 * @returns the definition of the rule
 * @throws Error when the catalogue does not have the rule
 */
export function definitionOf(rule: FraudRule): RuleDefinition {
  const definition = BY_ALERT.get(rule);
  if (!definition) throw new Error(`The catalogue does not have the rule ${String(rule)}.`);
  return definition;
}

/** @returns the setting of the group `Fraud` that enables the alerts of a rule */
export const alertSwitch = <Rule extends FraudRule>(rule: Rule): `alert.${Rule}.enabled` => `alert.${rule}.enabled`;

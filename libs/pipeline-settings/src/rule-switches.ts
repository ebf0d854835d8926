import {
  alertSwitch,
  FRAUD_RULES,
  INVALID_REASONS,
  type FraudRule,
  type InvalidReason,
} from '@ad-analytics/event-schemas';
import { onOrOff } from './values';

type AlertSetting = `alert.${FraudRule}.enabled`;
type ReasonSetting = `reason.${InvalidReason}.enabled`;

const reasonSetting = (reason: InvalidReason): ReasonSetting => `reason.${reason}.enabled`;

/** @returns the pairs as an object with typed keys */
const record = <K extends string, V>(keys: readonly K[], value: (key: K) => V) =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

/** The setting that enables or disables each fraud rule. */
export const alertSwitches = record(
  FRAUD_RULES.map((rule): AlertSetting => alertSwitch(rule)),
  () => onOrOff,
);

/** The setting that enables or disables each reason for an invalid click. */
export const reasonSwitches = record(INVALID_REASONS.map(reasonSetting), () => onOrOff);

/**
 * @param group the parsed settings
 * @returns whether each rule raises alerts
 */
export const enabledAlerts = (group: Readonly<Record<AlertSetting, boolean>>): Record<FraudRule, boolean> =>
  record(FRAUD_RULES, (rule) => group[alertSwitch(rule)]);

/**
 * @param group the parsed settings
 * @returns by reason, whether it makes a click invalid
 */
export const enabledReasons = (group: Readonly<Record<ReasonSetting, boolean>>): Record<InvalidReason, boolean> =>
  record(INVALID_REASONS, (reason) => group[reasonSetting(reason)]);

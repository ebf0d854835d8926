import { RULE_SETTING_NAMES, RULE_SETTINGS, type RuleSetting, type RuleSettingName } from '@ad-analytics/event-schemas';
import type { z } from 'zod';
import { camelCase, type CamelCase } from './camel-case';
import { positiveDecimal, wholeNumber } from './values';

/** The limits of the rules, which the catalogue of rules defines: `click.velocity.threshold` has the name `clickVelocityThreshold`. */
export type RuleLimits = { [Name in RuleSettingName as CamelCase<Name>]: number };

const valueOf = ({ type, least = 1, greatest }: RuleSetting): z.ZodType<number, string> =>
  type === 'decimal' ? positiveDecimal : wholeNumber(least, greatest);

/** The values that each limit of a rule accepts, by the name of the setting. */
export const ruleSettings = Object.fromEntries(
  RULE_SETTING_NAMES.map((name) => [name, valueOf(RULE_SETTINGS[name])]),
) as Record<RuleSettingName, z.ZodType<number, string>>;

/** A zod refinement: adds an issue for each limit that exceeds its maximum, which is another setting. */
export function hasNoExcess(group: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  for (const name of RULE_SETTING_NAMES) {
    const { atMost } = RULE_SETTINGS[name];
    if (atMost !== undefined && Number(group[name]) > Number(group[atMost])) {
      context.addIssue({ code: 'custom', path: [name], message: `must be at most ${atMost}` });
    }
  }
}

/**
 * @param group the parsed settings
 * @returns the limits of the rules by the name of the property
 */
export const ruleLimits = (group: Readonly<Record<RuleSettingName, number>>): RuleLimits =>
  Object.fromEntries(RULE_SETTING_NAMES.map((name) => [camelCase(name), group[name]])) as unknown as RuleLimits;

/** The default limits of the rules. */
export const defaultRuleLimits: RuleLimits = ruleLimits(
  Object.fromEntries(RULE_SETTING_NAMES.map((name) => [name, Number(RULE_SETTINGS[name].default)])) as Record<
    RuleSettingName,
    number
  >,
);

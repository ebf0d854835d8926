import { alertSwitch, FRAUD_RULES, RULE_DEFINITIONS, RULE_SETTINGS, type FraudRule, type RuleSetting } from '../../src';

/** @returns a Python string; the names of the catalogue do not need an escape */
const quoted = (text: string) => `"${text}"`;
const lines = (items: readonly string[], indent: string) => items.map((item) => `${indent}${item},\n`).join('');

function valueCheck({ type, least = 1, greatest }: RuleSetting): string {
  return type === 'decimal' ? 'positive_decimal' : `whole_number(${least}, ${greatest ?? 'MAX_WHOLE_NUMBER'})`;
}

/** @returns a tuple of values as `ruff format` writes it: one value on one line, several on separate lines */
function tuple(values: readonly string[], indent: string): string {
  if (values.length === 1) return `(${values[0]},)`;
  return `(\n${lines(values, `${indent}    `)}${indent})`;
}

/** @returns the text of flink/ad_analytics/fraud_rules.py: names, limits and SQL settings of the fraud rules */
export function rulesInPython(): string {
  const settings = Object.entries(RULE_SETTINGS);
  const limits = settings.map(([name, setting]) => `${quoted(name)}: ${valueCheck(setting)}`);
  const upperBounds = settings.flatMap(([name, { atMost }]) =>
    atMost === undefined ? [] : [`(${quoted(name)}, ${quoted(atMost)})`],
  );
  const sqlSettings = RULE_DEFINITIONS.map(({ folder, alerts, settings: own }) => {
    const inSql = Object.entries(own).flatMap(([name, { readBy }]) => (readBy === 'sql' ? [name] : []));
    const switches = alerts.map((alert) => alertSwitch(alert as FraudRule));
    return `${quoted(folder)}: ${tuple([...inSql, ...switches].map(quoted), '    ')}`;
  });
  return `"""The fraud rules and their settings.

Generated from the catalogue in libs/event-schemas/src/rules. To change it, edit the catalogue, and run:
npx nx run event-schemas:generate
"""

from __future__ import annotations

from collections.abc import Mapping

from ad_analytics.setting_rules import MAX_WHOLE_NUMBER, Rule, positive_decimal, whole_number

#: Rules that raise a fraud_alert, as result records name them.
ALERT_RULES = ${tuple(FRAUD_RULES.map(quoted), '')}

#: What each limit of a rule accepts, by the name of the setting in the group Fraud.
LIMITS: Mapping[str, Rule] = {
${lines(limits, '    ')}}

#: Settings that must not exceed another one.
UPPER_BOUNDS = ${tuple(upperBounds, '')}

#: Settings of the group Fraud that the SQL of each rule takes, by the folder of the rule in sql/rules. The rules are
#: registered in this order.
SQL_SETTINGS: Mapping[str, tuple[str, ...]] = {
${lines(sqlSettings, '    ')}}
`;
}

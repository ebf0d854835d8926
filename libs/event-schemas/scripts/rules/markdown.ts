import { RULE_DEFINITIONS } from '../../src';
import { code, table, withSection } from '../markdown';

/** One row per rule: what it is about, and where its SQL is. */
const ruleTable = () =>
  table(
    ['rule of `fraud_alert`', 'actor', 'folder in `sql/rules`', 'window'],
    RULE_DEFINITIONS.map(({ alerts, actors, folder, window }) => [
      code(...alerts),
      actors.join(', '),
      code(folder),
      `${window.type}, \`${window.setting}\``,
    ]),
  );

/** One row per limit of a rule. */
const settingTable = () =>
  table(
    ['setting of `Fraud`', 'default', 'meaning'],
    RULE_DEFINITIONS.flatMap(({ settings }) =>
      Object.entries(settings).map(([name, setting]) => [code(name), setting.default, setting.meaning]),
    ),
  );

/**
 * @param readme text of flink/README.md
 * @returns the text with the tables of rules and of their settings between their markers
 * @throws Error when a marker is missing
 */
export const withRuleTables = (readme: string): string =>
  withSection(withSection(readme, 'fraud-rules', ruleTable()), 'fraud-rule-settings', settingTable());

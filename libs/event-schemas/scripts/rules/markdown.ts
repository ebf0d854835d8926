import { RULE_DEFINITIONS } from '../../src';

const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** One row per rule: what it is about, and where its SQL is. */
function ruleTable(): string {
  return [
    row('rule of `fraud_alert`', 'actor', 'folder in `sql/rules`', 'window'),
    row('---', '---', '---', '---'),
    ...RULE_DEFINITIONS.map(({ alerts, actors, folder, window }) =>
      row(code(alerts), actors.join(', '), code([folder]), `${window.type}, \`${window.setting}\``),
    ),
  ].join('\n');
}

/** One row per limit of a rule. */
function settingTable(): string {
  return [
    row('setting of `Fraud`', 'default', 'meaning'),
    row('---', '---', '---'),
    ...RULE_DEFINITIONS.flatMap(({ settings }) =>
      Object.entries(settings).map(([name, setting]) => row(code([name]), setting.default, setting.meaning)),
    ),
  ].join('\n');
}

function replaced(text: string, marker: string, content: string): string {
  const [start, end] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`flink/README.md does not have ${start} and ${end}`);
  return `${text.slice(0, before)}${start}\n\n${content}\n\n${text.slice(after)}`;
}

/**
 * @param readme text of flink/README.md
 * @returns the text with the tables of rules and of their settings between their markers
 * @throws Error when a marker is missing
 */
export const withRuleTables = (readme: string): string =>
  replaced(replaced(readme, 'fraud-rules', ruleTable()), 'fraud-rule-settings', settingTable());

import { alertSwitch, FRAUD_RULES, INVALID_REASONS, RULE_SETTINGS } from '../../src';

interface Group {
  readonly PropertyGroupId: string;
  readonly PropertyMap: Readonly<Record<string, string>>;
}

/** Settings of the group that do not belong to one rule. Their defaults are written by hand. */
const SHARED = [
  'too.fast.click.millis',
  'short.window.seconds',
  'short.slide.seconds',
  'long.window.seconds',
  'long.slide.seconds',
];

/**
 * @param groups of flink/kinesis-config.json
 * @returns the groups with the rules' settings of the group Fraud as the catalogue has them; all other values are unchanged
 * @throws Error when a setting that is written by hand is missing
 */
export function withRuleSettings(groups: readonly Group[]): Group[] {
  return groups.map((group) => {
    if (group.PropertyGroupId !== 'Fraud') return group;
    const shared = SHARED.map((name): [string, string] => {
      const value = group.PropertyMap[name];
      if (value === undefined) throw new Error(`flink/kinesis-config.json: Fraud/${name} is missing`);
      return [name, value];
    });
    const limits = Object.entries(RULE_SETTINGS).map(([name, setting]): [string, string] => [name, setting.default]);
    const switches = [...FRAUD_RULES.map(alertSwitch), ...INVALID_REASONS.map((reason) => `reason.${reason}.enabled`)];
    const enabled = switches.map((name): [string, string] => [name, 'true']);
    return { ...group, PropertyMap: Object.fromEntries([...shared, ...limits, ...enabled]) };
  });
}

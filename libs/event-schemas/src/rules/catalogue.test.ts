import { RULE_DEFINITIONS, RULE_SETTINGS } from './catalogue';

describe('the catalogue of rules', () => {
  it('has each folder, alert and setting once', () => {
    const names = RULE_DEFINITIONS.flatMap(({ folder, alerts, settings }) => [
      `folder ${folder}`,
      ...alerts.map((alert) => `alert ${alert}`),
      ...Object.keys(settings).map((setting) => `setting ${setting}`),
    ]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(RULE_DEFINITIONS)('names the alerts of $folder after its folder', ({ folder, alerts }) => {
    for (const alert of alerts) expect(alert.startsWith(folder)).toBe(true);
  });

  it.each(RULE_DEFINITIONS)(
    'names the settings of $folder after the rule, so that they do not collide with those of others',
    (rule) => {
      for (const setting of Object.keys(rule.settings)) {
        expect(setting).toMatch(/^[a-z]+(?:\.[a-z]+)+$/);
        expect(rule.folder.startsWith(setting.split('.').slice(0, 1).join())).toBe(true);
      }
    },
  );

  it.each(RULE_DEFINITIONS)('limits settings of $folder by other settings of the same rule only', ({ settings }) => {
    for (const { atMost } of Object.values(settings))
      if (atMost !== undefined) expect(settings).toHaveProperty([atMost]);
  });

  it.each(Object.entries(RULE_SETTINGS))('has a default for %s that the setting accepts', (_name, setting) => {
    const value = Number(setting.default);
    expect(value).toBeGreaterThanOrEqual(setting.type === 'count' ? (setting.least ?? 1) : Number.MIN_VALUE);
    expect(value).toBeLessThanOrEqual(setting.greatest ?? 2 ** 31 - 1);
    if (setting.type === 'count') expect(Number.isInteger(value)).toBe(true);
  });
});

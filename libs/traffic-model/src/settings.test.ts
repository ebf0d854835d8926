import { resolveSettings, type TrafficSettings, TrafficSettingsError } from './settings';

const BASE = { seed: 1, startTime: 0 };

describe('resolveSettings', () => {
  it('fills in the defaults, including those that depend on other settings', () => {
    const settings = resolveSettings({ ...BASE, rate: 200, maxOutOfOrdernessSeconds: 10 });
    expect(settings).toMatchObject({ users: 100_000, lateDelaySeconds: { min: 22, max: 42 } });
    expect(settings.shares.malformed).toBe(0.002);
    expect(settings.scenarios.naive_bot).toBe(0);
    expect(settings.durationSeconds).toBeUndefined();
  });

  it.each<[string, Partial<TrafficSettings> & Record<string, unknown>, RegExp]>([
    ['a negative rate', { rate: -1 }, /\n {2}rate: /],
    ['a share above 1', { shares: { late: 1.2 } }, /shares\.late: /],
    ['shares above 1 together', { shares: { late: 0.6, outOfOrder: 0.6 } }, /shares: .* add up to 1\.2/],
    ['a fractional seed', { seed: 1.5 }, /seed: /],
    ['a late delay below the bound', { lateDelaySeconds: { min: 6, max: 9 } }, /lateDelaySeconds\.min: must be more/],
    [
      'a late delay with max below min',
      { lateDelaySeconds: { min: 9, max: 8 } },
      /lateDelaySeconds\.max: must not be less/,
    ],
    ['a slack as large as the bound', { slackSeconds: 5 }, /slackSeconds: must be less than .* \(5\)/],
    ['an unknown setting', { rates: 1 }, /Unrecognized key: "rates"/],
    ['an unknown scenario', { scenarios: { nice_bot: 1 } as never }, /scenarios.*nice_bot/s],
    ['a fractional number of actors', { scenarios: { crawler: 0.5 } }, /scenarios\.crawler: /],
  ])('rejects %s and names it', (_, wrong, message) => {
    expect(() => resolveSettings({ ...BASE, ...wrong } as TrafficSettings)).toThrow(TrafficSettingsError);
    expect(() => resolveSettings({ ...BASE, ...wrong } as TrafficSettings)).toThrow(message);
  });

  it('names all problems in one error', () => {
    expect(() => resolveSettings({ ...BASE, rate: 0, campaigns: 0 })).toThrow(/rate: .*\n.*campaigns: /s);
  });
});

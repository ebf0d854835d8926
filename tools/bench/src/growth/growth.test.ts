import { ATTACKS, HARD_NEGATIVES, generateTraffic, resolveSettings } from '@ad-analytics/traffic-model';
import { spreadOf } from '../spread';
import { findings } from './bench-growth';
import { ACTOR_RATE, EVEN, VARIANT_NAMES, only, variants } from './variants';

const BASE = { events: 1_000, seed: 1, rate: 100, shards: 2, users: 5_000, campaigns: 20 };
const PLAN = {
  ...BASE,
  parallelism: 2,
  runs: 1,
  warmUp: 0.3,
  managedMemory: 64,
  taskHeap: 128,
  writeBuffer: 4,
  checkpointSeconds: 10,
};

describe('variants', () => {
  const all = variants(BASE);

  it('begin with the even load, and each differs from it in one thing', () => {
    expect(all[0]).toEqual({ name: EVEN, input: BASE });
    for (const { input } of all.slice(1, -1)) {
      const changed = Object.entries(input).filter(([name, value]) => BASE[name as keyof typeof BASE] !== value);
      expect(changed).toHaveLength(1);
    }
  });

  it('end with a backlog whose events take six hours', () => {
    const { name, input } = all.at(-1)!;
    expect(name).toBe('backlog of 6 hours');
    expect(input).toEqual({ ...BASE, rate: 1, events: 6 * 3_600 * (1 + ACTOR_RATE) });
    // An hour of this traffic has a sixth of the events, more or less.
    const hour = [
      ...generateTraffic({
        seed: 1,
        startTime: 0,
        rate: 1,
        users: BASE.users,
        durationSeconds: 3_600,
        scenarios: Object.fromEntries([...ATTACKS, ...HARD_NEGATIVES].map((scenario) => [scenario, 1])),
      }),
    ].length;
    expect(hour / (input.events / 6)).toBeGreaterThan(0.7);
    expect(hour / (input.events / 6)).toBeLessThan(1.3);
  });

  it('have settings that the generator accepts', () => {
    for (const { input } of all)
      expect(() =>
        resolveSettings({ seed: 1, startTime: 0, users: input.users, campaigns: input.campaigns }),
      ).not.toThrow();
  });
});

describe('only', () => {
  it('keeps the even load beside the wanted variants', () => {
    expect(VARIANT_NAMES).toHaveLength(11);
    for (const wanted of VARIANT_NAMES)
      expect(only(variants(BASE), [wanted]).map(({ name }) => name)).toEqual([EVEN, wanted]);
    expect(only(variants(BASE), undefined)).toHaveLength(12);
  });
});

describe('findings', () => {
  it('shows each variant as a multiple of the even load', () => {
    const figures = variants(BASE).map((variant, index) => ({
      variant,
      cpu: spreadOf([index === 0 ? 50 : 100]),
      rate: spreadOf([1_000]),
      checkpoints: spreadOf([2]),
    }));
    const { tables, plots } = findings(PLAN, figures);
    expect(tables[0]?.rows.map((row) => row.at(-1))).toEqual(['1.00', ...figures.slice(1).map(() => '2.00')]);
    expect(plots[0]?.series.map(({ name, points }) => [name, points.map(({ x }) => x)])).toEqual(
      ['events', 'users', 'campaigns', 'shards'].map((name) => [name, [1, 4, 16]]),
    );
    expect(plots[1]?.series[0]?.points).toHaveLength(4);
    const uneven = figures.filter(({ variant }) => variant.curve === undefined);
    expect(findings(PLAN, uneven).plots.map(({ name }) => name)).toEqual(['spread']);
  });
});

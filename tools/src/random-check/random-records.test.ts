import { clickSchema, impressionSchema, readRecord } from '@ad-analytics/event-schemas';
import { randomRecords, randomScenarios } from './random-records';
import { SCENARIO_SECONDS, SLOT_SECONDS, SMALL_SETTINGS } from './scenario';

const PLAN = { seed: 1, scenarios: 50 };
const scenarios = randomScenarios(PLAN);
const records = [...randomRecords(scenarios)];

describe('randomRecords', () => {
  it('are the same for the same seed, and others for another one', () => {
    expect(randomScenarios(PLAN)).toEqual(scenarios);
    expect(randomScenarios({ ...PLAN, seed: 2 })).not.toEqual(scenarios);
  });

  it('fit the contract but for the faults', () => {
    const fits = records.map(({ stream, data }) => {
      const read = readRecord(Buffer.from(data));
      const schema = stream === 'clicks' ? clickSchema : impressionSchema;
      return 'value' in read && schema.safeParse(read.value).success;
    });
    const faults = scenarios.flat().filter(({ fault }) => fault !== null).length;
    expect(faults).toBeGreaterThan(10);
    expect(fits.filter((fit) => !fit)).toHaveLength(faults);
  });

  it('meet each other: ids repeat, times tie', () => {
    const ids = records.map(({ data }) => /"impression_id":"([^"]*)"/.exec(String(data))?.[1]);
    expect(new Set(ids).size).toBeLessThan(ids.length / 2);
    const times = scenarios.flatMap((events, place) => events.map(({ time }) => `${place} ${time}`));
    expect(new Set(times).size).toBeLessThan(times.length * 0.9);
  });

  it('of a scenario meet those of no other: the slots are longer than everything that looks back', () => {
    const seconds = ['attribution.window.seconds', 'long.window.seconds'].map((name) => Number(SMALL_SETTINGS[name]));
    const latest = 40;
    expect(SCENARIO_SECONDS + latest + seconds.reduce((sum, value) => sum + value)).toBeLessThan(SLOT_SECONDS);
  });
});

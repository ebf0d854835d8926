import { clickSchema, impressionSchema, readRecord } from '@ad-analytics/event-schemas';
import { randomRecords, randomScenarios } from './random-records';
import { SCENARIO_SECONDS, SLOT_SECONDS, SMALL_SETTINGS } from './scenario';

const PLAN = { seed: 1, scenarios: 50 };
const scenarios = randomScenarios(PLAN);
const records = [...randomRecords(scenarios)];

describe('randomRecords', () => {
  it('are the same for the same seed, and different for another one', () => {
    expect(randomScenarios(PLAN)).toEqual(scenarios);
    expect(randomScenarios({ ...PLAN, seed: 2 })).not.toEqual(scenarios);
  });

  it('fit the contract, except those with a fault', () => {
    const fits = records.map(({ stream, data }) => {
      const read = readRecord(Buffer.from(data));
      const schema = stream === 'clicks' ? clickSchema : impressionSchema;
      return 'value' in read && schema.safeParse(read.value).success;
    });
    const faults = scenarios.flat().filter(({ fault }) => fault !== null).length;
    expect(faults).toBeGreaterThan(10);
    expect(fits.filter((fit) => !fit)).toHaveLength(faults);
  });

  it('are in the order of arrival, and some clocks are ahead of it, within the accepted maximum and beyond', () => {
    const arrivals = records.map(({ arrival }) => arrival);
    expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
    const maxFutureMs = Number(SMALL_SETTINGS['max.future.seconds']) * 1_000;
    const leads = records.flatMap(({ data, arrival }) => {
      const read = readRecord(Buffer.from(data));
      const time = Date.parse((read as { value?: { event_time?: string } }).value?.event_time ?? '');
      return Number.isNaN(time) ? [] : [time - arrival];
    });
    expect(leads).toContain(1);
    expect(leads).toContain(maxFutureMs);
    expect(leads).toContain(maxFutureMs + 1);
    expect(leads.filter((lead) => lead > 5_000 && lead <= maxFutureMs).length).toBeGreaterThan(20);
    expect(Math.max(...leads)).toBeGreaterThan(70 * 365 * 86_400_000);
  });

  it('interact: ids repeat, and times are equal', () => {
    const ids = records.map(({ data }) => /"impression_id":"([^"]*)"/.exec(String(data))?.[1]);
    expect(new Set(ids).size).toBeLessThan(ids.length / 2);
    const times = scenarios.flatMap((events, place) => events.map(({ time }) => `${place} ${time}`));
    expect(new Set(times).size).toBeLessThan(times.length * 0.9);
  });

  it('of different scenarios do not interact: the slots are longer than everything that looks back', () => {
    const seconds = ['attribution.window.seconds', 'long.window.seconds'].map((name) => Number(SMALL_SETTINGS[name]));
    // The delay of a slow event, or the maximum accepted lead of a clock.
    const beyond = Math.max(40, Number(SMALL_SETTINGS['max.future.seconds']));
    expect(SCENARIO_SECONDS + beyond + seconds.reduce((sum, value) => sum + value)).toBeLessThan(SLOT_SECONDS);
  });
});

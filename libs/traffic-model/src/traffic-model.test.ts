import { type Click, clickSchema, type Impression, impressionSchema } from '@ad-analytics/event-schemas';
import fc from 'fast-check';
import type { Emission } from './delivery';
import { ATTACKS, HARD_NEGATIVES } from './label';
import type { TrafficSettings } from './settings';
import { hashPosition } from './shard-times';
import { generateTraffic } from './traffic-model';
import { PHONE_APPS } from './user-agents';

const START = Date.parse('2026-11-23T10:00:00.000Z');
const BASE: TrafficSettings = { seed: 1, startTime: START, rate: 100, durationSeconds: 120 };
const NO_SHARES = { late: 0, outOfOrder: 0, duplicate: 0, malformed: 0, orphanClick: 0 };

const traffic = (settings: Partial<TrafficSettings> = {}) => [...generateTraffic({ ...BASE, ...settings })];
const time = (emission: Emission) => Date.parse(emission.label.event_time) - START;
const ids = (emissions: readonly Emission[], keep: (emission: Emission) => boolean) =>
  emissions.filter(keep).map((emission) => emission.label.event_id);

/** @returns whether the transport delay matches the anomaly @param bound of out-of-orderness, milliseconds */
function delayFits(emission: Emission, bound: number): boolean {
  const delay = emission.arrivalMs - time(emission);
  switch (emission.label.anomaly) {
    case 'late':
      return delay > bound;
    case 'out_of_order':
    case 'duplicate':
    case 'none': // Delayed, but not overtaken by another event.
      return delay >= 0 && delay <= bound - 1_000;
    default:
      return delay === 0;
  }
}

/** @returns whether the bytes are a valid event that matches its label */
function isValidAsLabelled({ stream, data, label, partitionKey }: Emission): boolean {
  const parsed = (stream === 'clicks' ? clickSchema : impressionSchema).safeParse(JSON.parse(data as string));
  if (!parsed.success) return false;
  const event = parsed.data as Impression & Partial<Click>;
  return (
    (event.click_id ?? event.impression_id) === label.event_id &&
    event.impression_id === partitionKey &&
    event.impression_id === (label.clicked_impression_id ?? label.event_id) &&
    event.event_time === label.event_time &&
    event.ip === label.ip &&
    event.user_id === label.user_id &&
    event.publisher_id === label.publisher_id &&
    (event.user_agent ?? null) === label.user_agent
  );
}

/** Various settings of short runs, so that there can be many runs. */
const settingsArbitrary: fc.Arbitrary<TrafficSettings> = fc
  .record({
    seed: fc.nat(),
    rate: fc.constantFrom(2, 30, 100),
    durationSeconds: fc.constantFrom(20, 70),
    clickThroughRate: fc.constantFrom(0.02, 0.3),
    dayCurveDepth: fc.constantFrom(0, 0.8),
    shares: fc.record({
      late: fc.constantFrom(0, 0.05),
      outOfOrder: fc.constantFrom(0, 0.1, 0.5),
      duplicate: fc.constantFrom(0, 0.1),
      malformed: fc.constantFrom(0, 0.1),
      orphanClick: fc.constantFrom(0, 0.3),
    }),
    maxOutOfOrdernessSeconds: fc.constantFrom(2, 5, 20),
    actors: fc.constantFrom(0, 1, 2),
  })
  .map(({ actors, ...settings }) => ({
    ...settings,
    startTime: START,
    scenarios: Object.fromEntries([...ATTACKS, ...HARD_NEGATIVES].map((name) => [name, actors])),
  }));

describe('generateTraffic', () => {
  it('gives the same bytes for the same seed, and different ones for another seed', () => {
    const scenarios = { naive_bot: 1, click_farm: 1, flash_sale: 1 };
    expect(traffic({ scenarios })).toEqual(traffic({ scenarios }));
    expect(traffic({ seed: 2 })).not.toEqual(traffic());
  });

  it('gives the same sequence at another start time, shifted', () => {
    const shifted = traffic({ startTime: START + 3_600_000 });
    const plain = traffic();
    expect(shifted.map(({ arrivalMs, partitionKey }) => [arrivalMs, partitionKey])).toEqual(
      plain.map(({ arrivalMs, partitionKey }) => [arrivalMs, partitionKey]),
    );
    const unshift = (text: string) => text.replaceAll('T11:', 'T10:');
    const valid = (emissions: Emission[]) => emissions.filter(({ label }) => label.anomaly !== 'malformed');
    expect(valid(shifted).map(({ data }) => unshift(data as string))).toEqual(valid(plain).map(({ data }) => data));
  });

  it('adds the prefix to the ids of users, campaigns, ads and publishers, without other changes', () => {
    const scenarios = { naive_bot: 1, flash_sale: 1 };
    const shares = NO_SHARES;
    const prefixed = traffic({ scenarios, shares, namePrefix: 'a-' });
    const plain = traffic({ scenarios, shares });
    const withPrefix = ({ data }: Emission) => {
      const event = JSON.parse(data as string) as Impression;
      const { user_id, campaign_id, ad_id, publisher_id } = event;
      const ids = { user_id, campaign_id, ad_id, publisher_id };
      return { ...event, ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, `a-${id}`])) };
    };
    expect(prefixed.map(({ data }) => JSON.parse(data as string) as Impression)).toEqual(plain.map(withPrefix));
    expect(prefixed.every(({ label }) => label.user_id.startsWith('a-') && label.publisher_id.startsWith('a-'))).toBe(
      true,
    );
  });

  it('is lazy: an endless run returns its first records immediately', () => {
    const emissions = generateTraffic({ seed: 1, startTime: START, rate: 1_000 });
    expect(emissions.next().value?.arrivalMs).toBeGreaterThanOrEqual(0);
    expect(emissions.next().done).toBe(false);
  });

  it('keeps the other anomalies on the same events when one share is changed', () => {
    const before = traffic();
    const after = traffic({ shares: { duplicate: 0.2 } });
    const anomalous = (anomaly: string) => (emission: Emission) => emission.label.anomaly === anomaly;
    expect(ids(after, anomalous('malformed'))).toEqual(ids(before, anomalous('malformed')));
    expect(ids(after, anomalous('late'))).toEqual(ids(before, anomalous('late')));
    expect(ids(after, anomalous('orphan'))).toEqual(ids(before, anomalous('orphan')));
    expect(ids(after, anomalous('duplicate'))).toEqual(expect.arrayContaining(ids(before, anomalous('duplicate'))));
  });

  it('does not change the ordinary events when a scenario is enabled', () => {
    const ordinary = (emissions: Emission[]) => ids(emissions, ({ label }) => label.actor === null).sort();
    const shares = NO_SHARES;
    expect(ordinary(traffic({ shares, scenarios: { click_farm: 2, crawler: 1 } }))).toEqual(
      ordinary(traffic({ shares })),
    );
  });

  it('has impressions and clicks of people in phone apps, labelled as valid', () => {
    const scenarios = Object.fromEntries([...ATTACKS, ...HARD_NEGATIVES].map((name) => [name, 1]));
    const inApps = traffic({ durationSeconds: 600, scenarios }).filter(({ label }) =>
      PHONE_APPS.includes(label.user_agent!),
    );
    expect(new Set(inApps.map(({ label }) => label.user_agent))).toEqual(new Set(PHONE_APPS));
    expect(new Set(inApps.map(({ stream }) => stream))).toEqual(new Set(['impressions', 'clicks']));
    expect(new Set(inApps.map(({ label }) => label.attack))).toEqual(new Set([null]));
    expect(inApps.some(({ label }) => label.actor === null)).toBe(true);
  });

  it('has the configured shares', () => {
    const shares = { late: 0.02, outOfOrder: 0.08, duplicate: 0.03, malformed: 0.02, orphanClick: 0.1 };
    const emissions = traffic({ rate: 200, durationSeconds: 300, clickThroughRate: 0.2, shares });
    const count = (anomaly: string) => emissions.filter(({ label }) => label.anomaly === anomaly).length;
    const clicks = emissions.filter(
      ({ label }) => label.event_kind === 'click' && label.anomaly !== 'duplicate',
    ).length;
    const events = emissions.length - count('duplicate');
    const near = (found: number, of: number, share: number, allowance = 0) => {
      const deviation = Math.sqrt(of * share * (1 - share));
      expect(Math.abs(found - of * share)).toBeLessThan(5 * deviation + allowance);
    };
    near(count('orphan'), clicks, shares.orphanClick);
    const eligible = events - count('orphan');
    near(count('malformed'), eligible, shares.malformed);
    near(count('duplicate'), eligible, shares.duplicate);
    // Events of the last half minute are not late, and an event that was not overtaken is not out of order.
    near(count('late'), eligible * (1 - 22 / 300), shares.late);
    near(count('out_of_order'), eligible, shares.outOfOrder, eligible * 0.002);
  });

  it('has the configured rate, campaigns and delays', () => {
    const emissions = traffic({ rate: 200, durationSeconds: 400, clickThroughRate: 0.1, shares: NO_SHARES });
    // Clicks of the first impressions come slightly later, and those of the last ones after the end.
    expect(emissions.length / 400 / 200).toBeGreaterThan(0.97);
    expect(emissions.length / 400 / 200).toBeLessThan(1.02);
    const impressions = emissions.filter(({ stream }) => stream === 'impressions');
    const campaigns = impressions.map(({ data }) => (JSON.parse(data as string) as Impression).campaign_id);
    const first = campaigns.filter((campaign) => campaign === 'campaign-01').length / campaigns.length;
    const harmonic = Array.from({ length: 20 }, (_, i) => 1 / (i + 1)).reduce((sum, term) => sum + term, 0);
    expect(Math.abs(first - 1 / harmonic)).toBeLessThan(0.01);
    const seenAt = new Map(impressions.map((emission) => [emission.label.event_id, time(emission)]));
    const delays = emissions
      .filter(({ stream }) => stream === 'clicks')
      .map((click) => time(click) - (seenAt.get(click.partitionKey) as number))
      .sort((a, b) => a - b);
    const median = delays[Math.floor(delays.length / 2)] as number;
    expect(median).toBeGreaterThan(7_000);
    expect(median).toBeLessThan(9_000);
  });

  it('follows the day curve', () => {
    const hour = (startTime: number) =>
      traffic({ startTime, durationSeconds: 200, dayCurveDepth: 0.5, shares: NO_SHARES }).length;
    const evening = hour(Date.parse('2026-11-23T20:00:00.000Z'));
    const morning = hour(Date.parse('2026-11-23T08:00:00.000Z'));
    expect(evening / morning).toBeGreaterThan(2.7);
    expect(evening / morning).toBeLessThan(3.3);
  });

  it('has valid schemas, order, bounds and ids for all settings', () => {
    fc.assert(
      fc.property(settingsArbitrary, (settings) => {
        // Problems are collected, because a call of expect for each record would take a minute.
        const wrong: [string, Emission][] = [];
        const check = (holds: boolean, what: string, emission: Emission) => holds || wrong.push([what, emission]);
        const emissions = [...generateTraffic(settings)];
        const impressions = new Map<string, Emission>();
        const seen = new Set<string>();
        let arrival = 0;
        for (const emission of emissions) {
          const { stream, label, arrivalMs } = emission;
          check(arrivalMs >= arrival, 'order of arrival', emission);
          arrival = arrivalMs;
          check(delayFits(emission, settings.maxOutOfOrdernessSeconds! * 1_000), 'delay', emission);
          check(seen.has(label.event_id) === (label.anomaly === 'duplicate'), 'id once', emission);
          seen.add(label.event_id);
          if (stream === 'impressions') impressions.set(label.event_id, emission);
          if (label.anomaly !== 'malformed') check(isValidAsLabelled(emission), 'valid event', emission);
        }
        for (const click of emissions.filter(({ stream }) => stream === 'clicks')) {
          const impression = impressions.get(click.partitionKey);
          if (click.label.anomaly === 'orphan') check(impression === undefined, 'orphan', click);
          if (impression) check(time(click) >= time(impression), 'click after impression', click);
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('labels exactly the events as late that are late in their shard, for any number of shards', () => {
    fc.assert(
      fc.property(settingsArbitrary, fc.integer({ min: 1, max: 16 }), (settings, shards) => {
        const bound = settings.maxOutOfOrdernessSeconds! * 1_000;
        const wrong: Emission[] = [];
        const greatest = new Map<string, number>();
        for (const emission of generateTraffic(settings)) {
          if (emission.label.anomaly === 'malformed') continue;
          const shard = `${emission.stream}/${Math.floor(hashPosition(emission.partitionKey) * shards)}`;
          const before = greatest.get(shard) ?? -Infinity;
          if (before - time(emission) > bound !== (emission.label.anomaly === 'late')) wrong.push(emission);
          greatest.set(shard, Math.max(before, time(emission)));
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('also creates late and out-of-order clicks if there are enough clicks', () => {
    const emissions = traffic({ rate: 200, clickThroughRate: 0.3, shares: { late: 0.02 } });
    const clicks = (anomaly: string) =>
      emissions.filter(({ label }) => label.event_kind === 'click' && label.anomaly === anomaly).length;
    expect(clicks('late')).toBeGreaterThan(10);
    expect(clicks('out_of_order')).toBeGreaterThan(50);
  });
});

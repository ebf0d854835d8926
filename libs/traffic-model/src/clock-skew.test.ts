import fc from 'fast-check';
import type { Emission } from './delivery';
import { GroundTruth } from './ground-truth';
import type { TrafficSettings } from './settings';
import { generateTraffic } from './traffic-model';

const START = Date.parse('2026-11-23T10:00:00.000Z');
const NO_SHARES = { late: 0, outOfOrder: 0, duplicate: 0, malformed: 0, orphanClick: 0 };
const BASE: TrafficSettings = { seed: 1, startTime: START, rate: 100, durationSeconds: 60, shares: NO_SHARES };

const traffic = (seconds: number, share = 0.2, settings: Partial<TrafficSettings> = {}) => [
  ...generateTraffic({ ...BASE, ...settings, clockSkew: { share, seconds } }),
];
/** How far the event time is ahead of the arrival, in milliseconds. */
const lead = ({ data, arrivalMs }: Emission) =>
  Date.parse((JSON.parse(data as string) as { event_time: string }).event_time) - START - arrivalMs;

describe('users whose clock is wrong', () => {
  it('send events with a wrong time immediately, and have the requested share', () => {
    const all = traffic(30);
    const skewed = all.filter((emission) => lead(emission) !== 0);
    const users = (emissions: readonly Emission[]) => new Set(emissions.map(({ label }) => label.user_id));
    expect(new Set(skewed.map(lead))).toEqual(new Set([30_000]));
    expect(users(skewed).size / users(all).size).toBeCloseTo(0.2, 1);
    const right = users(all.filter((emission) => lead(emission) === 0));
    expect([...users(skewed)].filter((user) => right.has(user))).toEqual([]);
    expect(all.map(({ arrivalMs }) => arrivalMs)).toEqual(all.map(({ arrivalMs }) => arrivalMs).sort((a, b) => a - b));
  });

  it('do not change the events of other users', () => {
    const of = (emissions: readonly Emission[], users: ReadonlySet<string>) =>
      emissions.filter(({ label }) => users.has(label.user_id));
    const shares = { late: 0.02, outOfOrder: 0.05, duplicate: 0.05, malformed: 0.02, orphanClick: 0.05 };
    const with_ = traffic(90, 0.3, { shares });
    const wrong = new Set(
      with_.filter(({ label }) => label.malformed_kind === 'future_time').map(({ label }) => label.user_id),
    );
    const right = new Set(with_.map(({ label }) => label.user_id).filter((user) => !wrong.has(user)));
    const data = (emissions: readonly Emission[]) =>
      of(emissions, right)
        .map((emission) => String(emission.data))
        .sort();
    expect(data(with_)).toEqual(data(traffic(90, 0, { shares })));
  });

  it.each([
    [30, 'accepted'],
    [59, 'accepted'],
    [61, 'rejected'],
    [86_400 * 365, 'rejected'],
    [-4, 'accepted'],
    [-6, 'late'],
    [-600, 'late'],
  ] as const)('with a clock that is %d s ahead: their events must be %s', (seconds, outcome) => {
    const truth = new GroundTruth();
    const all = traffic(seconds);
    for (const emission of all) truth.add(emission);
    const { impressions, clicks } = truth.totals();
    const wrong = all.filter((emission) => lead(emission) !== 0).length;
    const found = { rejected: 0, late: 0, accepted: 0 };
    for (const stream of [impressions, clicks])
      for (const name of ['rejected', 'late', 'accepted'] as const) found[name] += stream[name];
    expect(wrong).toBeGreaterThan(500);
    const expected = { rejected: 0, late: 0, accepted: all.length - wrong };
    expected[outcome] += wrong;
    expect(found).toEqual(expected);
  });

  it('have late events that are late in every shard when they are sent, and on-time events that are on time', () => {
    fc.assert(
      fc.property(fc.constantFrom(-600, -20, -6, -4, -1, 1, 30, 59), fc.nat(1_000), (seconds, seed) => {
        const greatest = { impressions: -Infinity, clicks: -Infinity };
        for (const emission of traffic(seconds, 0.3, { seed, rate: 20, durationSeconds: 30 })) {
          const { stream, arrivalMs, label } = emission;
          const time = Date.parse(label.event_time) - START;
          const behind = greatest[stream] - time;
          expect(label.anomaly === 'late' ? behind > 5_000 : behind <= 5_000).toBe(true);
          greatest[stream] = Math.max(greatest[stream], Math.min(time, arrivalMs));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are rejected if a transport delay could change the outcome of their events', () => {
    for (const seconds of [-5.5, -5, -4.5, 59.5, 60, 60.5])
      expect(() => traffic(seconds)).toThrow(/clockSkew.seconds: must differ by at least 1 s/);
    expect(() => traffic(60, 0)).not.toThrow();
  });
});

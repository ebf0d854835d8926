import { acceptedEvents } from './labelled-event';
import { seedTraffic } from './seed-traffic';

const LONGEST_MS = (600 + 600) * 1_000;

describe('seedTraffic', () => {
  const traffic = seedTraffic({ seeds: [7, 3], rate: 2, minutes: 2 });
  const events = traffic.map((one) => acceptedEvents(one.emissions()));

  it('separates seeds by more than the attribution window plus the longest window of a rule', () => {
    events.forEach((some, i) => {
      expect(Math.min(...some.map(({ time }) => time))).toBeGreaterThanOrEqual(traffic[i]!.startTime);
      expect(Math.max(...some.map(({ time }) => time)) + LONGEST_MS).toBeLessThan(traffic[i]!.endTime);
    });
    expect(traffic[1]!.startTime).toBe(traffic[0]!.endTime);
  });

  it.each([2, 20, 59, 61, 600])('does so for %d minutes a seed', (minutes) => {
    const [one] = seedTraffic({ seeds: [1], rate: 1, minutes });
    expect(one!.endTime - one!.startTime - minutes * 60_000).toBeGreaterThan(LONGEST_MS);
  });

  it('has other users, publishers and events in each seed', () => {
    for (const name of ['id', 'userId', 'publisherId'] as const) {
      const [first, second] = events.map((some) => new Set(some.map((event) => event[name])));
      expect([...first!].filter((id) => second!.has(id))).toEqual([]);
    }
  });

  it('is reproducible', () => {
    expect(acceptedEvents(traffic[0]!.emissions())).toEqual(events[0]);
  });
});

describe('acceptedEvents', () => {
  it('leaves out records that no rule uses, and keeps out-of-order and orphan records', () => {
    const [one] = seedTraffic({ seeds: [1], rate: 20, minutes: 2 });
    const emissions = [...one!.emissions()];
    const kept = (anomaly: string) => emissions.filter(({ label }) => label.anomaly === anomaly);
    const expected = ['none', 'out_of_order', 'orphan'].flatMap(kept).map(({ label }) => label.event_id);
    expect(kept('late').length + kept('duplicate').length + kept('malformed').length).toBeGreaterThan(0);
    expect(
      acceptedEvents(emissions)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(expected.sort());
  });
});

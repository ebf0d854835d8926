import type { Click, Impression } from '@ad-analytics/event-schemas';
import { type Attack, ATTACKS, HARD_NEGATIVES, type HardNegative } from '../label';
import { generateTraffic } from '../traffic-model';
import { CRAWLERS, PHONE_APPS } from '../user-agents';

/** Default thresholds of the invalid-traffic rules; counts are per sliding window of this many milliseconds. */
const MINUTE = 60_000;
const TEN_MINUTES = 600_000;

interface Seen {
  readonly time: number;
  readonly event: Impression & Partial<Click>;
  readonly click: boolean;
  readonly actor: string;
}

const all = [...ATTACKS, ...HARD_NEGATIVES];

/** All events of the scenarios by name and actor, for some seeds; only actors that reached their end. */
function observe(): Map<Attack | HardNegative, Seen[][]> {
  const byName = new Map<Attack | HardNegative, Seen[][]>(all.map((name) => [name, []]));
  for (const seed of [1, 2, 3]) {
    const actors = new Map<string, Seen[]>();
    const traffic = generateTraffic({
      seed,
      startTime: 0,
      rate: 50,
      durationSeconds: 1_500,
      shares: { late: 0, outOfOrder: 0, duplicate: 0, malformed: 0, orphanClick: 0 },
      scenarios: Object.fromEntries(all.map((name) => [name, 2])),
    });
    for (const { label, data, stream } of traffic) {
      if (label.actor === null) continue;
      const seen = actors.get(label.actor) ?? [];
      actors.set(label.actor, seen);
      const event = JSON.parse(data as string) as Impression;
      seen.push({ time: Date.parse(label.event_time), event, click: stream === 'clicks', actor: label.actor });
    }
    for (const [actor, seen] of actors) {
      if (seen.at(-1)!.time > 1_430_000) continue;
      byName.get(actor.replace(/-\d+$/, '') as Attack)!.push(seen);
    }
  }
  return byName;
}

const observed = observe();

/** @returns the greatest number of events (or of distinct values) in any window of this length */
function peak(seen: readonly Seen[], windowMs: number, distinct?: (one: Seen) => string): number {
  let greatest = 0;
  let from = 0;
  const inside = new Map<string, number>();
  seen.forEach((one, to) => {
    const key = distinct?.(one) ?? String(to);
    inside.set(key, (inside.get(key) ?? 0) + 1);
    for (; one.time - seen[from]!.time >= windowMs; from += 1) {
      const old = distinct?.(seen[from]!) ?? String(from);
      const left = inside.get(old)! - 1;
      if (left === 0) inside.delete(old);
      else inside.set(old, left);
    }
    greatest = Math.max(greatest, inside.size);
  });
  return greatest;
}

function by(seen: readonly Seen[], key: (one: Seen) => string): Seen[][] {
  const groups = new Map<string, Seen[]>();
  for (const one of seen) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return [...groups.values()];
}
const ip = ({ event }: Seen) => event.ip!;
const user = ({ event }: Seen) => event.user_id;
const clicksOf = (seen: readonly Seen[]) => seen.filter((one) => one.click);
const viewsOf = (seen: readonly Seen[]) => seen.filter((one) => !one.click);
const worst = (groups: Seen[][], measure: (seen: Seen[]) => number) => Math.max(0, ...groups.map(measure));

/** The measure of each rule for an actor's traffic; the limit is exceeded if it is greater. */
const RULES = {
  click_velocity_ip: (seen: Seen[]) => worst(by(clicksOf(seen), ip), (one) => peak(one, MINUTE)) > 10,
  click_velocity_user: (seen: Seen[]) => worst(by(clicksOf(seen), user), (one) => peak(one, MINUTE)) > 10,
  impression_flood: (seen: Seen[]) =>
    worst(by(viewsOf(seen), ip), (one) => peak(one, MINUTE)) > 300 ||
    worst(by(viewsOf(seen), user), (one) => peak(one, MINUTE)) > 120,
  abnormal_ctr: (seen: Seen[]) =>
    by(seen, user).some((one) =>
      one.some(({ time }) => {
        const window = one.filter((other) => other.time > time - TEN_MINUTES && other.time <= time);
        const views = viewsOf(window).length;
        return views >= 10 && clicksOf(window).length / views > 0.5;
      }),
    ),
  metronome: (seen: Seen[]) =>
    by(clicksOf(seen), user).some((one) => {
      const gaps = one.slice(1).map((click, i) => click.time - one[i]!.time);
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
      return gaps.length >= 5 && deviation / mean < 0.1;
    }),
  unattributed_burst: (seen: Seen[]) => {
    const known = new Set(viewsOf(seen).map(({ event }) => event.impression_id));
    const orphans = clicksOf(seen).filter(({ event }) => !known.has(event.impression_id));
    return worst(by(orphans, ip), (one) => peak(one, MINUTE)) > 5;
  },
  id_fan_out: (seen: Seen[]) => worst(by(seen, ip), (one) => peak(one, TEN_MINUTES, user)) > 20,
  duplicate_click: (seen: Seen[]) =>
    by(clicksOf(seen), ({ event }) => event.impression_id).some((one) => one.length > 1),
  too_fast_click: (seen: Seen[]) => {
    const views = new Map(viewsOf(seen).map((one) => [one.event.impression_id, one.time]));
    return clicksOf(seen).some((one) => one.time - (views.get(one.event.impression_id) ?? -Infinity) < 500);
  },
  known_bot: (seen: Seen[]) => seen.some(({ event }) => CRAWLERS.includes(event.user_agent!)),
  invalid_placement: (seen: Seen[]) => viewsOf(seen).some(({ event }) => event.width === 1 && event.height === 1),
};
const crossed = (seen: Seen[]) =>
  Object.entries(RULES)
    .filter(([, rule]) => rule(seen))
    .map(([name]) => name);

describe('attacks', () => {
  it.each<[Attack, string[]]>([
    ['naive_bot', ['click_velocity_ip', 'click_velocity_user', 'abnormal_ctr', 'metronome', 'too_fast_click']],
    ['jittered_bot', ['click_velocity_ip', 'click_velocity_user', 'abnormal_ctr']],
    ['click_replay', ['click_velocity_ip', 'click_velocity_user', 'unattributed_burst', 'duplicate_click']],
    ['click_farm', ['click_velocity_ip', 'id_fan_out']],
    ['rotating_addresses', ['click_velocity_user', 'abnormal_ctr']],
    ['crawler', ['impression_flood', 'known_bot']],
    ['publisher_self_click', ['abnormal_ctr', 'invalid_placement']],
  ])('every actor of %s exceeds the limits of %j', (name, rules) => {
    const actors = observed.get(name)!;
    expect(actors.length).toBeGreaterThanOrEqual(6);
    for (const seen of actors) expect(crossed(seen)).toEqual(expect.arrayContaining(rules));
  });

  it.each<[Attack, string[]]>([
    ['jittered_bot', ['metronome', 'too_fast_click']],
    ['click_farm', ['click_velocity_user', 'impression_flood']],
    ['rotating_addresses', ['click_velocity_ip', 'id_fan_out']],
    ['publisher_self_click', ['click_velocity_ip', 'click_velocity_user']],
  ])('%s does not exceed the limits of %j', (name, rules) => {
    for (const seen of observed.get(name)!) for (const rule of rules) expect(crossed(seen)).not.toContain(rule);
  });

  it('raises the click-through rate of the publisher that clicks its own ads many times', () => {
    for (const seen of observed.get('publisher_self_click')!) {
      expect(new Set(seen.map(({ event }) => event.publisher_id)).size).toBe(1);
      // Compared with about 150 ordinary impressions with 3 clicks per minute.
      const minutes = (seen.at(-1)!.time - seen[0]!.time) / MINUTE;
      expect(clicksOf(seen).length / minutes).toBeGreaterThan(12);
    }
  });
});

describe('attackPace', () => {
  const count = (attackPace: number, scenario: Attack | HardNegative) =>
    [
      ...generateTraffic({
        seed: 1,
        startTime: 0,
        rate: 1,
        durationSeconds: 600,
        attackPace,
        scenarios: { [scenario]: 3 },
      }),
    ].filter(({ label }) => label.actor !== null).length;

  it.each<Attack>(['naive_bot', 'click_farm', 'click_replay'])('of a quarter makes about a quarter of %s', (name) => {
    const share = count(0.25, name) / count(1, name);
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.35);
  });

  it('does not change valid traffic', () => {
    expect(count(0.25, 'office_nat')).toBe(count(1, 'office_nat'));
  });
});

describe('people in apps on phones', () => {
  const inApps = (name: Attack | HardNegative) =>
    observed
      .get(name)!
      .flat()
      .filter(({ event }) => PHONE_APPS.includes(event.user_agent!));

  it.each<HardNegative>(['carrier_nat', 'flash_sale'])('are in %s', (name) => {
    expect(inApps(name).length).toBeGreaterThan(100);
    expect(inApps(name).some(({ click }) => click)).toBe(true);
    expect(new Set(inApps(name).map(({ event }) => event.device_type))).toEqual(new Set(['mobile']));
  });

  it.each(ATTACKS)('are not in %s', (name) => expect(inApps(name)).toEqual([]));
});

describe('hard negatives', () => {
  it.each<[HardNegative, string[]]>([
    ['office_nat', []],
    ['carrier_nat', []],
    // The second click of a double click is invalid by the rule for clicks, but no rule for actors may find the person.
    ['double_clicker', ['duplicate_click']],
    ['flash_sale', []],
  ])('%s exceeds no limit except %j', (name, rules) => {
    const actors = observed.get(name)!;
    expect(actors.length).toBeGreaterThanOrEqual(6);
    for (const seen of actors) expect(crossed(seen).filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it('resemble attacks', () => {
    for (const seen of observed.get('office_nat')!) expect(new Set(seen.map(user)).size).toBeGreaterThanOrEqual(12);
    for (const seen of observed.get('carrier_nat')!) expect(new Set(seen.map(user)).size).toBeGreaterThanOrEqual(17);
    for (const seen of observed.get('carrier_nat')!) expect(peak(viewsOf(seen), MINUTE)).toBeGreaterThan(100);
    for (const seen of observed.get('double_clicker')!) expect(crossed(seen)).toContain('duplicate_click');
    for (const seen of observed.get('flash_sale')!) {
      expect(peak(clicksOf(seen), MINUTE)).toBeGreaterThan(10);
      expect(new Set(seen.map(({ event }) => event.campaign_id)).size).toBe(1);
      expect(new Set(clicksOf(seen).map(user)).size / clicksOf(seen).length).toBeGreaterThan(0.9);
    }
  });
});

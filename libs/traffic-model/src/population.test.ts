import { MAX_USERS, Population } from './population';
import { BROWSERS, PHONE_APPS } from './user-agents';

describe('Population', () => {
  const population = new Population(1, 30_000);

  it('has households of three with one address and one country, and unique user ids', () => {
    const visitors = Array.from({ length: 30_000 }, (_, i) => population.visitor(i));
    expect(new Set(visitors.map((visitor) => visitor.userId)).size).toBe(30_000);
    expect(new Set(visitors.map((visitor) => visitor.ip)).size).toBe(10_000);
    expect(visitors[3]!.ip).toBe(visitors[5]!.ip);
    expect(visitors[3]!.country).toBe(visitors[5]!.country);
    expect(visitors[2]!.ip).not.toBe(visitors[3]!.ip);
  });

  it('reserves addresses for actors, even in the largest population', () => {
    const reserved = new Set(Array.from({ length: 5_000 }, (_, i) => population.reservedAddress(i)));
    expect(reserved.size).toBe(5_000);
    const last = new Population(1, MAX_USERS);
    for (let i = 0; i < 5_000; i += 1) {
      expect(reserved.has(population.visitor(i).ip)).toBe(false);
      expect(reserved.has(last.visitor(MAX_USERS - 1 - i).ip)).toBe(false);
    }
  });

  it('has a few phone users in each app, and all others in a browser of their device', () => {
    const visitors = Array.from({ length: 30_000 }, (_, i) => population.visitor(i));
    const inApps = visitors.filter(({ userAgent }) => PHONE_APPS.includes(userAgent));
    const phones = visitors.filter(({ deviceType }) => deviceType === 'mobile');
    expect(inApps.length / phones.length).toBeGreaterThan(0.03);
    expect(inApps.length / phones.length).toBeLessThan(0.07);
    expect(new Set(inApps.map(({ userAgent }) => userAgent)).size).toBe(PHONE_APPS.length);
    expect(new Set(inApps.map(({ deviceType }) => deviceType))).toEqual(new Set(['mobile']));
    const others = visitors.filter((visitor) => !inApps.includes(visitor));
    expect(others.every(({ deviceType, userAgent }) => BROWSERS[deviceType].includes(userAgent))).toBe(true);
  });

  it('has no apps for the users of actors, who include attackers', () => {
    const actors = Array.from({ length: 30_000 }, (_, i) => population.visitor(population.users + i));
    expect(actors.filter(({ userAgent }) => PHONE_APPS.includes(userAgent))).toEqual([]);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateTraffic, PHONE_APPS } from '@ad-analytics/traffic-model';
import { KNOWN_BOT_EXCEPTIONS, loadKnownBots } from './known-bots';

let file: string;
beforeEach(() => (file = path.join(mkdtempSync(path.join(os.tmpdir(), 'known bots ')), 'list.json')));
afterEach(() => rmSync(path.dirname(file), { recursive: true }));

describe('loadKnownBots', () => {
  it('searches for each pattern anywhere in the user agent', () => {
    writeFileSync(file, JSON.stringify([{ pattern: 'Googlebot\\/', url: 'x' }, { pattern: '^curl' }]));
    const knownBots = loadKnownBots(file);
    const agents = ['Mozilla/5.0 (compatible; Googlebot/2.1)', 'curl/8', 'Mozilla/5.0 curl', 'googlebot/2.1'];
    expect(agents.map(knownBots)).toEqual([true, true, false, false]);
  });

  it('searches the first 512 characters only', () => {
    writeFileSync(file, JSON.stringify([{ pattern: 'bot' }]));
    const knownBots = loadKnownBots(file);
    expect(knownBots(`${'x'.repeat(509)}bot`)).toBe(true);
    expect(knownBots(`${'x'.repeat(510)}bot`)).toBe(false);
  });

  it('knows crawlers, and no browsers, by the list of the package', () => {
    const knownBots = loadKnownBots();
    expect(knownBots('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)')).toBe(true);
    // A phone whose manufacturer's name ends with "bot", and the browser inside Facebook on iOS.
    expect(
      knownBots(
        'Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile',
      ),
    ).toBe(false);
    expect(
      knownBots('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/470.0]'),
    ).toBe(false);
    expect(
      knownBots(
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      ),
    ).toBe(false);
  });

  it('excludes people, but not similar user agents', () => {
    const knownBots = loadKnownBots();
    const withoutExceptions = loadKnownBots(undefined, null);
    const entries = JSON.parse(readFileSync(KNOWN_BOT_EXCEPTIONS, 'utf8')) as { people: string[]; bots: string[] }[];
    const people = entries.flatMap((entry) => entry.people);
    const bots = entries.flatMap((entry) => entry.bots);
    expect(people.filter((agent) => !withoutExceptions(agent))).toEqual([]);
    expect(people.filter(knownBots)).toEqual([]);
    expect(bots.filter((agent) => !knownBots(agent))).toEqual([]);
    expect(people.length).toBeGreaterThan(5);
    expect(bots.length).toBeGreaterThan(5);
  });

  it.each(PHONE_APPS)(
    'has the app of a phone %s for a bot without the exceptions, and for a person with them',
    (agent) => {
      writeFileSync(file, '[]');
      expect(loadKnownBots(undefined, file)(agent)).toBe(true);
      expect(loadKnownBots()(agent)).toBe(false);
    },
  );

  it('finds exactly the crawlers of simulated traffic; without the exceptions, it also accuses people', () => {
    const settings = { seed: 1, startTime: 0, rate: 100, durationSeconds: 120 };
    const labels = [...generateTraffic({ ...settings, scenarios: { crawler: 1, carrier_nat: 2 } })].map(
      (one) => one.label,
    );
    const attacks = (knownBots: (agent: string) => boolean) =>
      new Set(labels.filter(({ user_agent }) => knownBots(user_agent!)).map(({ attack }) => attack));
    expect(attacks(loadKnownBots())).toEqual(new Set(['crawler']));
    expect(attacks(loadKnownBots(undefined, null))).toEqual(new Set(['crawler', null]));
  });

  it.each(['nonsense', '[]', '{"pattern":"x"}', '[{"pattern":""}]', '[{"pattern":"("}]'])('refuses %s', (text) => {
    writeFileSync(file, text);
    expect(() => loadKnownBots(file)).toThrow(/is not a list of the form/);
  });
});

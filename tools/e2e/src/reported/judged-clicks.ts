/** Cases about clicks of people that a rule could take for invalid. */
import type { CaseEvents, ReportedCase } from './reported-case';

const range = (length: number) => Array.from({ length }, (_, index) => index);

/** An app that stamps a batch of clicks when it sends it is not a clock; clicks each ten seconds are one. */
export function batchedClicks(events: CaseEvents): ReportedCase {
  const batch = { user_id: events.id('batch'), ip: '203.0.113.70' };
  const clock = { user_id: events.id('clock'), ip: '203.0.113.71' };
  const clicks = range(7);
  return {
    name: 'a batch of clicks with one time',
    impressions: clicks.flatMap((k) => [
      events.impression(`b${k}`, k, batch),
      events.impression(`c${k}`, k + 0.5, clock),
    ]),
    clicks: clicks.flatMap((k) => [
      events.click(`kb${k}`, `b${k}`, 30, batch),
      events.click(`kc${k}`, `c${k}`, 40 + 10 * k, clock),
    ]),
    attributed: Object.fromEntries(
      clicks.flatMap((k) => [
        [events.id(`kb${k}`), []],
        [events.id(`kc${k}`), []],
      ]),
    ),
    rejected: {},
    accused: [`metronome:${clock.user_id}`, `metronome:${clock.ip}`],
  };
}

const PEOPLE = [
  'okhttp/4.9.3',
  'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/135.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/501.0.0.0;] MetaIAB Facebook',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 361.0.0.35.82 (iPhone16,1; iOS 18_3)',
  'Mozilla/5.0 (Linux; Android 12; M2101K6G; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 trill_330105 BytedanceWebview/d8a21c6',
  'Mozilla/5.0 (Linux; Android 13; V2166A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.47',
  'WhatsApp/2.23.20.0 A',
  'WhatsApp/2.2434.6 W',
  'WhatsApp/24.10.78 i',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8a) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36 Viber/23.1',
  'Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36',
];
const CRAWLERS = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'TelegramBot (like TwitterBot)',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Viber',
];

/** Apps and the browsers in them, which lists of crawlers name, beside crawlers and fetchers of link previews. */
export function userAgents(events: CaseEvents): ReportedCase {
  const agents = [...PEOPLE, ...CRAWLERS];
  const fields = (k: number) => ({ user_agent: agents[k], ip: `203.0.113.${100 + k}`, user_id: events.id(`u${k}`) });
  const reasons = (k: number) => (k < PEOPLE.length ? [] : ['known_bot']);
  return {
    name: 'user agents of people in apps',
    impressions: agents.map((_, k) => events.impression(`i${k}`, k, fields(k))),
    clicks: agents.map((_, k) => events.click(`k${k}`, `i${k}`, 30 + k, fields(k))),
    attributed: Object.fromEntries(agents.map((_, k) => [events.id(`k${k}`), reasons(k)])),
    rejected: {},
    accused: CRAWLERS.map((_, k) => `known_bot:${fields(PEOPLE.length + k).ip}`),
  };
}

/** Native and out-of-page placements, which ad servers report as 1x1 and 0x0, where the setting lets them through. */
export function nativePlacements(events: CaseEvents): ReportedCase {
  const sizes = [
    [1, 1],
    [0, 0],
    [300, 250],
    [0, 250],
    [1, 2],
  ] as const;
  return {
    name: 'placements of 1x1, with reason.invalid_placement.enabled off',
    impressions: sizes.map(([width, height], k) => events.impression(`i${k}`, k, { width, height })),
    clicks: sizes.map((_, k) => events.click(`k${k}`, `i${k}`, 10 + k)),
    attributed: Object.fromEntries(sizes.map((_, k) => [events.id(`k${k}`), []])),
    rejected: {},
  };
}

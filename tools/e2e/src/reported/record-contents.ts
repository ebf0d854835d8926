/** Cases about what is in a record: identifiers, costs, times, spellings. */
import type { CaseEvents, ReportedCase } from './reported-case';

const range = (length: number) => Array.from({ length }, (_, index) => index);

/** Valid identifiers of emoji only, of which a stream's key, 256 UTF-16 units at most, would cut one in half. */
export function longEmoji(events: CaseEvents): ReportedCase {
  const letters = events.id('e').length;
  const texts = ['🎈', '👩', '🇩'].flatMap((emoji) =>
    range(2).map((shift) => 'x'.repeat(shift) + emoji.repeat(128 - letters - shift)),
  );
  const ids = texts.map((text) => `e${text}`);
  return {
    name: 'identifiers of emoji',
    impressions: ids.map((id, k) => events.impression(id, k, { user_id: events.id(`u${texts[k]}`) })),
    clicks: ids.map((id, k) => events.click(id, id, 20 + k, { user_id: events.id(`u${texts[k]}`) })),
    attributed: Object.fromEntries(ids.map((id) => [events.id(id), []])),
    rejected: {},
  };
}

/** Half of a surrogate pair, escaped, in each identifier of one record among good ones. */
export function halfPairs(events: CaseEvents): ReportedCase {
  const broken = (line: string, half: string) => line.replace('BROKEN', half);
  return {
    name: 'half of a surrogate pair',
    impressions: [
      ...range(4).map((k) => events.impression(`i${k}`, k)),
      broken(events.impression('BROKEN', 4), '\\ud83d'),
      broken(events.impression('user', 5, { user_id: 'BROKEN' }), 'a\\udc00b'),
      broken(events.impression('reversed', 6, { ad_id: 'BROKEN' }), '\\ude00\\ud83d'),
      ...range(4).map((k) => events.impression(`i${k + 4}`, 7 + k)),
    ],
    clicks: [
      events.click('k0', 'i0', 20),
      broken(events.click('BROKEN', 'i1', 21), '\\ud800'),
      events.click('k7', 'i7', 22),
    ],
    attributed: { [events.id('k0')]: [], [events.id('k7')]: [] },
    rejected: { impression_id: 1, user_id: 1, ad_id: 1, click_id: 1 },
  };
}

/** Costs that are whole numbers, and whose sum is none that JSON can carry. */
export function hugeCosts(events: CaseEvents): ReportedCase {
  const costs = [5e15, 5e15, Number.MAX_SAFE_INTEGER, 1_000_000_001, 1_000_000_000, 0];
  return {
    name: 'costs beyond the limit',
    impressions: costs.map((cost, k) => events.impression(`i${k}`, k, { cost_micros: cost })),
    clicks: [events.click('k-too-much', 'i0', 10), events.click('k4', 'i4', 11)],
    attributed: { [events.id('k4')]: [] },
    unattributed: [events.id('k-too-much')],
    rejected: { cost_micros: 4 },
  };
}

/** Zero times of several languages and databases. */
export function zeroTimes(events: CaseEvents): ReportedCase {
  const times = [
    '0001-01-01T00:00:00.000Z',
    '0000-00-00T00:00:00.000Z',
    '0000-06-15T12:00:00.000Z',
    '1899-12-30T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
  ];
  return {
    name: 'times before 1970',
    impressions: [
      ...times.map((time, k) => events.impression(`zero${k}`, 0, { event_time: time })),
      events.impression('i', 1),
    ],
    clicks: [
      events.click('orphan', 'nobody', 0, { event_time: '0001-01-01T00:00:00.000Z' }),
      events.click('k', 'i', 5),
    ],
    attributed: { [events.id('k')]: [] },
    rejected: { event_time: times.length + 1 },
  };
}

/** A time of the same name in objects and lists inside the event, before its own and after it. */
export function nestedTimes(events: CaseEvents): ReportedCase {
  const other = { event_time: '2031-01-01T00:00:00.000Z' };
  return {
    name: 'a nested event_time',
    impressions: [
      events.impression('after', 0, { context: { sdk: 'x', ...other } }),
      events.impression('before', 1).replace('{', `{"context":[${JSON.stringify(other)}],`),
      events.impression('text', 2, { note: JSON.stringify(other) }),
    ],
    clicks: ['after', 'before', 'text'].map((id, k) => events.click(`k-${id}`, id, 5 + k, { context: other })),
    attributed: Object.fromEntries(['after', 'before', 'text'].map((id) => [events.id(`k-${id}`), []])),
    rejected: {},
  };
}

/** Spellings that mean something, and others that are refused one by one. */
export function spellings(events: CaseEvents): ReportedCase {
  const number = (id: string, seconds: number, text: string) =>
    events.impression(id, seconds, { cost_micros: 'NUMBER' }).replace('"NUMBER"', text);
  return {
    name: 'unusual spellings',
    impressions: [
      number('float', 1, '2500.0'),
      number('power', 2, '2.5e3'),
      number('minus-zero', 3, '-0'),
      events.impression('twice', 4).replace(/}$/, `,"campaign_id":"${events.id('c2')}"}`),
      number('nan', 5, 'NaN'),
      number('text', 5, '"2500"'),
      events.impression('country', 6, { country: '' }),
      events.impression('upper', 7, { device_type: 'Mobile' }),
      events.impression('offset', 8, { event_time: events.at(8).replace('Z', '+00:00') }),
      events.impression('micro', 9, { event_time: events.at(9).replace('.000Z', '.000001Z') }),
      events.impression('leap', 0, { event_time: '2024-08-01T10:00:60.000Z' }),
      events.impression('feb30', 0, { event_time: '2024-02-30T10:00:00.000Z' }),
      events.impression('last', 12),
    ],
    clicks: ['float', 'twice', 'last'].map((id, k) => events.click(`k-${id}`, id, 15 + k)),
    attributed: Object.fromEntries(['float', 'twice', 'last'].map((id) => [events.id(`k-${id}`), []])),
    rejected: { event_time: 4, cost_micros: 1, country: 1, device_type: 1, record: 1 },
  };
}

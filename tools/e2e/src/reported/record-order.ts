/** Cases about which record comes when, and about lines without one. */
import type { CaseEvents, ReportedCase } from './reported-case';

const range = (length: number) => Array.from({ length }, (_, index) => index);

/** In the order of arrival, one device of twelve 45 s ahead and one four days. */
export function fastClocks(events: CaseEvents): ReportedCase {
  const ahead = (device: number) => (device === 3 ? 45 : device === 7 ? 4 * 86_400 : 0);
  return {
    name: 'clocks of devices that are ahead',
    impressions: range(120).map((k) =>
      events.impression(`i${k}`, k + ahead(k % 12), { user_id: events.id(`d${k % 12}`) }),
    ),
    clicks: [1, 60, 119].map((k) => events.click(`k${k}`, `i${k}`, k + 3, { user_id: events.id(`d${k % 12}`) })),
    attributed: Object.fromEntries([1, 60, 119].map((k) => [events.id(`k${k}`), []])),
    rejected: {},
  };
}

/** Sorted by user, as an export of a warehouse is: over half an hour, each user from its start. */
export function sortedByUser(events: CaseEvents): ReportedCase {
  const users = range(6).flatMap((user) =>
    range(8).map((visit) => ({ id: `${user}-${visit}`, at: visit * 240 + user * 11 })),
  );
  return {
    name: 'a log that is sorted by user',
    impressions: users.map(({ id, at }) => events.impression(id, at)),
    clicks: users.filter((_, k) => k % 3 === 0).map(({ id, at }) => events.click(`k${id}`, id, at + 7)),
    attributed: Object.fromEntries(users.filter((_, k) => k % 3 === 0).map(({ id }) => [events.id(`k${id}`), []])),
    rejected: {},
  };
}

/** Lines with nothing on them, as editors, Windows and concatenation leave them. */
export function blankLines(events: CaseEvents): ReportedCase {
  return {
    name: 'blank lines and carriage returns',
    impressions: [
      '',
      events.impression('i0', 0),
      '\r',
      `${events.impression('i1', 1)}\r`,
      '',
      '',
      events.impression('i2', 2),
    ],
    clicks: ['\r', `${events.click('k1', 'i1', 5)}\r`, ''],
    attributed: { [events.id('k1')]: [] },
    rejected: {},
  };
}

import type { ResultOf, ResultRecord } from '@ad-analytics/event-schemas';
import { FakeTable } from '../test/fake-table';
import { alert, ALL_FIXTURES, engagement, fixtures, late, metrics, rejected, T0, unattributed } from '../test/results';
import { EMULATOR, emulatedTable } from '../test/emulated-table';
import { tableReader } from './client';
import { marshallItem, ServingItemError, toItem, type ServingItem } from './item';
import { expiresAt } from './retention';
import { scorePages } from './score-page';
import { ServingTable } from './serving-table';

const NAME = 'ad-analytics-results';
const MINUTE = 60_000;

/** Fills a table in memory, with answers of three items. */
async function memory(items: readonly ServingItem[]): Promise<ServingTable> {
  const fake = new FakeTable(NAME);
  for (const item of items) fake.put(marshallItem(item));
  return new ServingTable(fake);
}

/** Fills a new table of the emulator. */
async function emulator(items: readonly ServingItem[]): Promise<ServingTable> {
  const { client, tableName } = await emulatedTable(
    // The local AWS deletes items that have expired by the clock of the machine.
    items.map((item) => marshallItem({ ...item, expires_at: expiresAt(item.record_type, Date.now()) })),
  );
  return new ServingTable(tableReader(client), tableName);
}

/** @returns the pages of scores that came together */
function pagesOf(scores: readonly ResultOf<'user_engagement'>[], sequenceNumber: string, nowMs: number): ServingItem[] {
  const place = { stream: 'AdResultantOutput', shard: 'shardId-000000000000', sequenceNumber };
  return scorePages(
    scores.map((record) => ({ record, place })),
    nowMs,
  ).map(({ item }) => item);
}

const ids = (records: readonly { record_id: string }[]): string[] => records.map(({ record_id }) => record_id);

// The emulator's turn comes where a developer has one running; the table in memory is what always runs.
const TARGETS = [
  { name: 'in memory', fill: memory },
  ...(EMULATOR === undefined ? [] : [{ name: 'MiniStack', fill: emulator }]),
];

describe.each(TARGETS)('ServingTable $name', ({ fill: fillItems }) => {
  const fill = (records: readonly ResultRecord[]) => fillItems(records.map((record) => toItem(record, T0)));

  describe('latestWindows', () => {
    const windows = [0, 1, 2, 3, 4, 5, 6].map((minute) => metrics('c#1', minute, { impressions: 10, clicks: 1 }));
    const others = [
      metrics('c', 2, { impressions: 1, clicks: 0 }),
      metrics('c#1', 2, { impressions: 1, clicks: 0 }, 'ad'),
    ];

    it('gives a range in order of time: the first start included, the end not', async () => {
      const table = await fill([...windows, ...others]);
      const range = { fromMs: T0 + MINUTE, toMs: T0 + 6 * MINUTE };
      expect(await table.latestWindows('campaign', 'c#1', range)).toEqual(windows.slice(1, 6));
    });

    it('gives the newest, the newest first', async () => {
      const table = await fill([...windows, ...others]);
      expect(await table.latestWindows('campaign', 'c#1', { limit: 4 })).toEqual(windows.slice(3).reverse());
    });

    it('gives nothing for an empty range', async () => {
      expect(await (await fill(windows)).latestWindows('campaign', 'c#1', { fromMs: T0, toMs: T0 })).toEqual([]);
    });

    it('gives nothing for a key that no one wrote', async () => {
      expect(await (await fill(windows)).latestWindows('campaign', 'c#', { limit: 4 })).toEqual([]);
    });
  });

  describe('the top of a window', () => {
    const half = metrics('half', 0, { impressions: 1000, clicks: 500 });
    const lucky = metrics('lucky', 0, { impressions: 1, clicks: 1 });
    const bots = metrics('bots', 0, { impressions: 2, clicks: 30 });
    const clicksOnly = metrics('clicks only', 0, { impressions: 0, clicks: 9 });
    const low = metrics('low', 0, { impressions: 10_000, clicks: 9 });
    const none = metrics('none', 0, { impressions: 7, clicks: 0 });
    const noneOfMany = metrics('none of many', 0, { impressions: 70_000, clicks: 0 });
    const ad = metrics('an ad', 0, { impressions: 1, clicks: 1 }, 'ad');
    const all = [half, lucky, bots, clicksOnly, low, none, noneOfMany, ad];

    it('orders a whole window by CTR, then by impressions, with no CTR at the end', async () => {
      const table = await fill(all);
      const expected = [bots, lucky, half, low, noneOfMany, none, clicksOnly];
      expect(await table.windowsOfDimension('campaign', T0)).toEqual(expected);
    });

    it('gives the top keys that have enough impressions', async () => {
      const table = await fill(all);
      const where = { nowMs: T0 + 90_000, windowSeconds: 60, limit: 2, minImpressions: 100 };
      expect(ids(await table.topKeysNow('campaign', where))).toEqual(ids([half, low]));
    });

    it('looks back for the newest window, and not for ever', async () => {
      const table = await fill(all);
      const where = { windowSeconds: 60, limit: 1 };
      expect(await table.newestWindowStart('campaign', { ...where, nowMs: T0 + 29.9 * MINUTE })).toBe(T0);
      expect(await table.newestWindowStart('campaign', { ...where, nowMs: T0 + 30 * MINUTE })).toBeUndefined();
      expect(await table.topKeysNow('country', { ...where, nowMs: T0 })).toEqual([]);
    });
  });

  describe('engagement', () => {
    const users = Array.from({ length: 40 }, (_, at) => engagement(`user-${at}`, 0, (at * 37) % 100));

    it('merges the shards of a window by score', async () => {
      const table = await fill([...users, engagement('user-1', 1, 99)]);
      const scores = (await table.topUsers(T0, 5)).map((user) => user.user_engagement.score);
      expect(scores).toEqual([99, 96, 95, 92, 88]);
      expect(await table.topUsers(T0)).toHaveLength(40);
    });

    it('reads pages and single items together, each user once, with the page that was written last', async () => {
      const table = await fillItems([
        toItem(engagement('user-1', 0, 5), T0),
        ...pagesOf([engagement('user-1', 0, 10), engagement('user-2', 0, 20)], '1', T0),
        ...pagesOf([engagement('user-2', 0, 30), engagement('user-3', 0, 99)], '2', T0 + 1),
        ...pagesOf([engagement('user-2', 1, 40)], '3', T0 + 2),
      ]);
      const scores = (await table.topUsers(T0)).map(({ user_engagement: user }) => [user.user_id, user.score]);
      expect(scores).toEqual([
        ['user-3', 99],
        ['user-2', 30],
        ['user-1', 10],
      ]);
      expect(await table.topUsers(T0 + MINUTE)).toEqual([engagement('user-2', 1, 40)]);
      const all: ResultRecord[] = [];
      for await (const record of table.allRecords()) all.push(record);
      // The single item is another writing of a score that is in a page; a reader of all items upserts.
      expect(new Set(all)).toEqual(
        new Set([
          engagement('user-1', 0, 5),
          engagement('user-1', 0, 10),
          engagement('user-2', 0, 30),
          engagement('user-3', 0, 99),
          engagement('user-2', 1, 40),
        ]),
      );
    });

    it('gives the highest scores of a window that is too long to read, of whatever page they are', async () => {
      // 60 pages of 3 users; the highest score of a page is 3 times its number, and two.
      const items = Array.from({ length: 60 }, (_, page) =>
        pagesOf(
          [0, 1, 2].map((user) => engagement(`user-${page}-${user}`, 0, (3 * page + user) / 2)),
          String(page),
          T0,
        ),
      );
      const top = await (await fillItems(items.flat())).topUsers(T0, 30);
      expect(top).toHaveLength(30);
      const scores = top.slice(0, 10).map((user) => user.user_engagement.score);
      expect(scores).toEqual([89.5, 89, 88.5, 88, 87.5, 87, 86.5, 86, 85.5, 85]);
    });
  });

  describe('alerts', () => {
    const alerts = [10, 3_590, 3_600, 3_610, 7_200].map((seconds) => alert('203.0.113.1', seconds));

    it('gives the newest first, over several hours, only those of the range', async () => {
      const table = await fill(alerts);
      const range = { fromMs: T0 + 10_000, toMs: T0 + 7_200_000 };
      expect(await table.recentAlerts(range, 10)).toEqual(alerts.slice(0, 4).reverse());
      expect(await table.recentAlerts(range, 2)).toEqual([alerts[3], alerts[2]]);
      expect(await table.recentAlerts({ fromMs: T0, toMs: T0 }, 2)).toEqual([]);
    });

    it('tells actors of two kinds with one id apart', async () => {
      const table = await fill([...alerts, alert('203.0.113.1', 20, 'user')]);
      expect(await table.alertsOfActor('user', '203.0.113.1', { limit: 9 })).toEqual([
        alert('203.0.113.1', 20, 'user'),
      ]);
      expect(await table.alertsOfActor('ip', '203.0.113.1', { limit: 9 })).toEqual([...alerts].reverse());
    });
  });

  describe('what happened', () => {
    it('finds clicks of every shard and minute of the range, and counts as many', async () => {
      const clicks = Array.from({ length: 60 }, (_, at) => unattributed(`click-${at}`, at * 7));
      const table = await fill(clicks);
      const range = { fromMs: T0 + 7_000, toMs: T0 + 50 * 7_000 };
      const found = await table.recordsOfType('unattributed_click', range);
      expect(ids(found).sort()).toEqual(ids(clicks.slice(1, 50)).sort());
      expect(await table.countOfType('unattributed_click', range)).toBe(49);
      expect(await table.countOfType('attributed_click', range)).toBe(0);
    });

    it('finds a late event when it came, not when it happened', async () => {
      const table = await fill([late(1, 3_600_000)]);
      expect(await table.countOfType('late_event', { fromMs: T0, toMs: T0 + MINUTE })).toBe(0);
      const hourLater = { fromMs: T0 + 3_600_000, toMs: T0 + 3_660_000 };
      expect(await table.recordsOfType('late_event', hourLater)).toEqual([late(1, 3_600_000)]);
    });

    it('lists rejected events without the records, which are there one by one', async () => {
      const table = await fill([rejected(1, 5), rejected(2, 65)]);
      const found = await table.rejectedEvents({ fromMs: T0, toMs: T0 + MINUTE });
      expect(found).toEqual([
        {
          record_id: rejected(1, 5).record_id,
          event_time: rejected(1, 5).event_time,
          rejected_event: { source: 'click', reason: 'JSON: not an object', raw_length: 3 },
        },
      ]);
      expect(await table.record(found[0]!.record_id)).toEqual(rejected(1, 5));
      expect(await table.record('nobody')).toBeUndefined();
    });
  });

  it('reads the whole table back', async () => {
    const table = await fill(ALL_FIXTURES);
    const found = new Map<string, ResultRecord>();
    for await (const record of table.allRecords()) found.set(record.record_id, record);
    // Fixtures share ids; the last one written stays.
    const written = new Map(ALL_FIXTURES.map((record) => [record.record_id, record]));
    expect(found).toEqual(written);
  });

  it('reads it back unchecked as well', async () => {
    const table = await fill(ALL_FIXTURES);
    const found = new Map<unknown, unknown>();
    for await (const record of table.allStoredRecords()) found.set(record['record_id'], record);
    expect(found).toEqual(new Map(ALL_FIXTURES.map((record) => [record.record_id, record])));
  });
});

describe('an item that is not a result', () => {
  const [record] = fixtures('campaign_metrics');
  const fake = new FakeTable(NAME);
  const item = toItem(record!, T0);
  fake.put(marshallItem({ ...item, payload: { ...item.payload, clicks: -1 } }));
  const table = new ServingTable(fake);

  it('ends the reading of results', async () => {
    await expect(table.allRecords().next()).rejects.toThrow(ServingItemError);
  });

  it('is shown by the unchecked reading', async () => {
    const { value } = await table.allStoredRecords().next();
    expect(value).toEqual({ ...record, campaign_metrics: { ...record!.campaign_metrics, clicks: -1 } });
  });
});

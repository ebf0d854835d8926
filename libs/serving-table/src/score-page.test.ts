import { anyId, resultsWith } from '@ad-analytics/any-text';
import fc from 'fast-check';
import { engagement, fixtures, T0 } from '../test/results';
import { checkedResult, fromItem, marshallItem, ServingItemError, unmarshallItem } from './item';
import { itemProblem } from './item-limits';
import { fitsPage, isPage, scorePages, scoresOf, withoutUsers } from './score-page';

const place = (sequenceNumber: string, part?: number) => ({
  stream: 'AdResultantOutput',
  shard: 'shardId-000000000000',
  sequenceNumber,
  ...(part === undefined ? {} : { part }),
});

it('gives back the scores of any users, from items that DynamoDB takes', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyId, { minLength: 1, maxLength: 8 }), (ids) => {
      const scores = ids.flatMap(resultsWith).filter(fitsPage);
      expect(scores).toHaveLength(ids.length);
      const pages = scorePages(
        scores.map((record, at) => ({ record, place: place(String(at)) })),
        T0,
      );
      const stored = pages.map(({ item }) => marshallItem(item));
      for (const item of stored) expect(itemProblem(item)).toBeUndefined();
      const items = stored.map(unmarshallItem);
      expect(items.every(isPage)).toBe(true);
      const byId = (records: readonly { record_id?: unknown }[]) => new Map(records.map((one) => [one.record_id, one]));
      expect(byId([...scoresOf(items)])).toEqual(byId(scores));
    }),
    { numRuns: 40 },
  );
});

it('begins a page for each window and schema version, and when one is full', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => engagement(`user-${at}`, 0, 1));
  const others = [engagement('user-1', 1, 1), { ...engagement('user-2', 0, 1), schema_version: 2 as 1 }];
  const pages = scorePages(
    [...many, ...others].map((record, at) => ({ record, place: place(String(at)) })),
    T0,
  );
  const ofWindow = pages.slice(0, -2).map(({ scores }) => scores.length);
  expect(ofWindow.reduce((sum, users) => sum + users, 0)).toBe(1_000);
  expect(ofWindow.length).toBeGreaterThan(1);
  expect(pages.slice(-2).map(({ scores }) => scores.map(({ record }) => record))).toEqual(others.map((one) => [one]));
  expect(new Set(pages.map(({ item }) => item.record_id)).size).toBe(pages.length);
});

it('names a page after its window and the place of its first score', () => {
  const [page] = scorePages([{ record: engagement('user-1', 0, 7), place: place('495', 3) }], T0);
  expect(page?.item.record_id).toBe(
    'user_engagement_page:2026-11-23T10:00:00.000Z:AdResultantOutput:shardId-000000000000:495:3',
  );
});

it('takes the newest schema version of a score, and of those the one that was written last', () => {
  const at = (score: number, version: number, sequence: string, nowMs: number) =>
    scorePages(
      [{ record: { ...engagement('user-1', 0, score), schema_version: version as 1 }, place: place(sequence) }],
      nowMs,
    ).map(({ item }) => item);
  const items = [at(1, 2, '1', T0), at(2, 1, '2', T0 + 2), at(3, 2, '3', T0 + 1)].flat();
  expect([...scoresOf(items)]).toMatchObject([{ schema_version: 2, user_engagement: { score: 3 } }]);
});

it('leaves a score alone whose id or time does not follow from its fields, and every other result', () => {
  const score = engagement('user-1', 0, 7);
  expect(fitsPage(score)).toBe(true);
  expect(fitsPage({ ...score, record_id: `${score.record_id} copied` })).toBe(false);
  expect(fitsPage({ ...score, event_time: score.user_engagement.window_start })).toBe(false);
  expect(fitsPage(fixtures('fraud_alert')[0]!)).toBe(false);
});

it('gives a row of another form as a score that is not a result', () => {
  const [page] = scorePages([{ record: engagement('user-1', 0, 7), place: place('1') }], T0);
  const item = { ...page!.item, payload: { ...page!.item.payload, users: [7, ['user-2', -1, 0, 0, 0]] } };
  for (const score of scoresOf([item])) expect(() => checkedResult(score)).toThrow(ServingItemError);
  expect([...scoresOf([item])]).toHaveLength(2);
});

it('is not a result itself', () => {
  const [page] = scorePages([{ record: engagement('user-1', 0, 7), place: place('1') }], T0);
  expect(() => fromItem(page!.item)).toThrow('is not a result');
});

describe('withoutUsers', () => {
  const page = (...scores: readonly [userId: string, score: number][]) =>
    scorePages(
      scores.map(([userId, score], at) => ({ record: engagement(userId, 0, score), place: place(String(at)) })),
      T0,
    )[0]!.item;

  it('leaves exactly the scores of all other users, in a page that the sink could have written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyId, { minLength: 2, maxLength: 8 }), ([userId = '', ...others]) => {
        const all = page([userId, 99], ...others.map((id, at): [string, number] => [id, at]));
        const { removed, rest } = withoutUsers(all, [userId]);
        expect(removed).toBe(1);
        const written = page(...others.map((id, at): [string, number] => [id, at]));
        const { record_id, gsi2pk } = all;
        expect(rest).toEqual({ ...written, record_id, gsi2pk });
      }),
      { numRuns: 40 },
    );
  });

  it('removes a page of one user, and does not change a page without the user', () => {
    expect(withoutUsers(page(['u', 1]), ['u'])).toEqual({ removed: 1, rest: undefined });
    const other = page(['u1', 1], ['u12', 2]);
    expect(withoutUsers(other, ['u'])).toEqual({ removed: 0, rest: other });
  });

  it('keeps a row of another form', () => {
    const odd = page(['u', 5], ['v', 6]);
    const item = { ...odd, payload: { ...odd.payload, users: [7, ...(odd.payload['users'] as unknown[])] } };
    expect(withoutUsers(item, ['u']).rest?.payload['users']).toEqual([7, ['v', 5, 1, 2, 6]]);
  });
});

import { anyId, resultsWith } from '@ad-analytics/any-text';
import { parseEventTime, type ResultOf, type ResultRecord } from '@ad-analytics/event-schemas';
import fc from 'fast-check';
import { FakeTable } from '../test/fake-table';
import { T0 } from '../test/results';
import { marshallItem, toItem } from './item';
import { itemProblem } from './item-limits';
import { ServingTable } from './serving-table';

const NAME = 'ad-analytics-results';
const RANGE = { fromMs: T0 - 3_600_000, toMs: T0 + 3_600_000 };

const of = (results: readonly ResultRecord[], id: string) =>
  results.filter(({ record_id }) => record_id.startsWith(id));

/** Two different identifiers, of which one often is the beginning of the other, as an index by prefix would mix up. */
const twoIds = fc
  .oneof(
    fc.tuple(anyId, anyId),
    anyId.map((id): [string, string] => [[...id].slice(0, 100).join(''), [...id].slice(0, 100).join('') + '#']),
  )
  .filter(([one, other]) => one !== other);

it('finds what is of an identifier by every key, and nothing of another one', async () => {
  await fc.assert(
    fc.asyncProperty(twoIds, async ([id, other]) => {
      const fake = new FakeTable(NAME);
      const results = resultsWith(id);
      for (const record of [...resultsWith(other), ...results]) {
        const item = marshallItem(toItem(record, T0));
        expect(itemProblem(item)).toBeUndefined();
        fake.put(item);
      }
      const table = new ServingTable(fake, NAME);

      for (const dimension of ['campaign', 'ad', 'publisher'] as const) {
        const expected = of(results, `campaign_metrics:${dimension}:`);
        expect(await table.latestWindows(dimension, id, RANGE)).toEqual(expected);
      }
      expect(await table.settledWindows(id, RANGE)).toEqual(of(results, 'attribution_metrics:'));
      const scores = of(results, 'user_engagement:') as ResultOf<'user_engagement'>[];
      for (const score of scores)
        expect(await table.topUsers(parseEventTime(score.user_engagement.window_start))).toContainEqual(score);
      for (const actor of ['user', 'publisher', 'impression'] as const) {
        const expected = of(results, `fraud_alert:abnormal_ctr:${actor}:`);
        expect(await table.alertsOfActor(actor, id, RANGE)).toEqual(expected);
      }
      for (const record of results) expect(await table.record(record.record_id)).toEqual(record);
    }),
    { numRuns: 150 },
  );
});

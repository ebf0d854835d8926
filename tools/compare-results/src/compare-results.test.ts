import { formatEventTime } from '@ad-analytics/event-schemas';
import { compareResults, counts } from './compare-results';

const MINUTE = 60_000;
const SINCE = Date.UTC(2026, 10, 27, 10);
const TIME = { since: SINCE, until: SINCE + 10 * MINUTE };

/** @returns the delivery of a result about a rejected record: it needs the least */
function rejected(position: number, at = SINCE, reason = 'not JSON'): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      record_type: 'rejected_event',
      record_id: `rejected_event:clicks:shard-0:${position}`,
      schema_version: 1,
      event_time: formatEventTime(at),
      rejected_event: { source: 'click', reason, raw: 'eA==', raw_length: 1 },
    }),
  );
}
async function* records(...all: Uint8Array[]) {
  yield* all;
}
const compared = async (first: Uint8Array[], second: Uint8Array[], most = 5) => {
  const found = await compareResults(records(...first), records(...second), TIME, most);
  return { ...found, of: found.types.get('rejected_event') };
};
const agreement = (parts: object) => ({ same: 0, differing: 0, onlyFirst: 0, onlySecond: 0, ...parts });

describe('compareResults', () => {
  it('counts results by their ids, and names those that do not agree', async () => {
    const first = [rejected(1), rejected(2, SINCE, 'one reason'), rejected(3)];
    const second = [rejected(4), rejected(2, SINCE, 'another reason'), rejected(1)];
    const found = await compared(first, second);
    expect(found.of).toEqual(agreement({ same: 1, differing: 1, onlyFirst: 1, onlySecond: 1 }));
    expect(found.examples).toEqual([
      'differing: rejected_event:clicks:shard-0:2',
      'only in the first: rejected_event:clicks:shard-0:3',
      'only in the second: rejected_event:clicks:shard-0:4',
    ]);
    expect(counts(found)).toEqual({ compared: 4, disagreeing: 3 });
  });

  it('takes the last delivery of a result, and one delivered twice for one', async () => {
    const first = [rejected(1, SINCE, 'first'), rejected(1, SINCE, 'last'), rejected(1, SINCE, 'last')];
    expect((await compared(first, [rejected(1, SINCE, 'last')])).of).toEqual(agreement({ same: 1 }));
  });

  it('leaves out what is about another time', async () => {
    const outside = [rejected(5, TIME.since - 1), rejected(6, TIME.until)];
    const inside = [rejected(7, TIME.since), rejected(8, TIME.until - 1)];
    const found = await compared([...outside, ...inside], inside);
    expect(found.of).toEqual(agreement({ same: 2 }));
  });

  it('does not look at the order of fields', async () => {
    const { event_time, ...rest } = JSON.parse(Buffer.from(rejected(1)).toString()) as Record<string, unknown>;
    const turned = Buffer.from(JSON.stringify({ event_time, ...rest }));
    expect((await compared([turned], [rejected(1)])).of).toEqual(agreement({ same: 1 }));
  });

  it('counts what is not of the contract as a disagreement', async () => {
    const found = await compared([rejected(1), Buffer.from('no JSON')], [rejected(1), Buffer.from('{}')]);
    expect(found.malformed).toEqual([1, 1]);
    expect(counts(found)).toEqual({ compared: 1, disagreeing: 2 });
  });

  it('keeps at most the requested number of examples', async () => {
    const found = await compared([rejected(1), rejected(2), rejected(3)], [], 2);
    expect(found.examples).toHaveLength(2);
    expect(found.of).toEqual(agreement({ onlyFirst: 3 }));
  });
});

import { compareResults, describeDifference, differenceCount } from './compare-results';
import { contentWithoutPlace, resultSet } from './result-set';
import { sample as results } from '@ad-analytics/result-records/sample-results';

const lines = (...records: object[]) => records.map((record) => Buffer.from(JSON.stringify(record)));

describe('a set of results', () => {
  it('contains a result once, even if it was delivered twice', () => {
    const click = results.attributedClick('c');
    const set = resultSet(lines(click, click));
    expect([set.delivered, set.byIdentity.size, set.contradictions]).toEqual([2, 1, []]);
  });

  it('reports a record_id with two contents', () => {
    const window = { dimension: 'campaign', key: 'a', impressions: 10, clicks: 1 } as const;
    const set = resultSet(
      lines(results.campaignMetrics(window), results.campaignMetrics({ ...window, impressions: 11 })),
    );
    expect(set.contradictions).toHaveLength(1);
  });

  it('counts equal late events in several places', () => {
    const set = resultSet(
      lines(results.lateEvent('click', 1), results.lateEvent('click', 2), results.lateEvent('click', 2)),
    );
    expect([set.byIdentity.size, set.delivered]).toEqual([2, 3]);
  });

  it('rejects a record that is not a result', () => {
    expect(() => resultSet([Buffer.from('{}')])).toThrow(/not a result of the contract/);
  });
});

describe('the content of a record that has no id', () => {
  it('does not depend on its place and arrival time, although its reason contains the arrival time', () => {
    const record = results.rejectedEvent('click', 1);
    const reason = (at: string) => `event_time: x is more than 60 s after the record's arrival at ${at}`;
    const at = (time: string, sequence: number) => ({
      ...record,
      record_id: `rejected_event:s:h:${sequence}`,
      event_time: time,
      rejected_event: { ...record.rejected_event, reason: reason(time) },
    });
    const [one, other] = [at('2026-01-01T00:00:00.000Z', 1), at('2026-01-01T00:00:01.000Z', 2)].map((value) =>
      contentWithoutPlace(JSON.stringify(value)),
    );
    expect(one).toBe(other);
    expect(one).toContain('event_time: x is more than 60 s');
  });

  it('is undefined for a record that has an id', () => {
    expect(contentWithoutPlace(JSON.stringify(results.attributedClick('c')))).toBeUndefined();
  });
});

describe('compareResults', () => {
  const window = { dimension: 'campaign', key: 'a', impressions: 10, clicks: 1 } as const;
  const expected = resultSet(
    lines(results.attributedClick('a'), results.attributedClick('b'), results.campaignMetrics(window)),
  );

  it('finds no difference between equal sets, in any order', () => {
    const found = resultSet(
      lines(results.campaignMetrics(window), results.attributedClick('b'), results.attributedClick('a')),
    );
    expect(differenceCount(compareResults(expected, found))).toBe(0);
  });

  it('finds and shows missing, surplus and different results', () => {
    const found = resultSet(
      lines(
        results.attributedClick('a'),
        results.attributedClick('c'),
        results.campaignMetrics({ ...window, clicks: 2 }),
      ),
    );
    const difference = compareResults(expected, found);
    expect([difference.missing.length, difference.surplus.length, difference.differing.length]).toEqual([1, 1, 1]);
    const text = describeDifference(difference);
    expect(text).toContain('attributed_click:b');
    expect(text).toContain('attributed_click:c');
    expect(text).toContain('"clicks":2');
  });

  it('finds that one of several equal late events is missing', () => {
    const two = resultSet(lines(results.lateEvent('click', 1), results.lateEvent('click', 2)));
    const one = resultSet(lines(results.lateEvent('click', 7)));
    expect(differenceCount(compareResults(two, one))).toBe(1);
  });
});

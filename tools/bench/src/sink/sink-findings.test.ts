import { findings, steadyState } from './sink-findings';
import { countTypes, evenSample, sinkEvents } from './sink-events';

const batch = (ms: number, records = 1_000) => ({ records, failed: 0, ms, cpuMs: ms / 2 });

describe('steadyState', () => {
  it('leaves the first batch out and counts records, not batches', () => {
    expect(steadyState({ batches: [batch(500), batch(100), batch(50, 500)] })).toEqual({
      recordsPerSecond: 10_000,
      msPerThousand: 100,
      cpuMsPerThousand: 50,
    });
  });
});

describe('findings', () => {
  it('shows both tables, with the cold start apart', () => {
    const runs = (['stub', 'emulator'] as const).map((table, i) => ({
      table,
      loadMs: 200,
      firstAnswerMs: 450 + i,
      batches: [batch(250), batch(table === 'stub' ? 80 : 1_600)],
    }));
    const { tables, settings } = findings(
      { results: 2_000, batchSize: 1_000, seed: 1, runs: 1 },
      new Map([['user_engagement', 2_000]]),
      runs,
    );
    expect(settings).toMatchObject({ results: 2_000, 'results of type user_engagement': 2_000 });
    expect(tables[0]?.rows.map((row) => row.slice(2))).toEqual([
      ['12,500', '80.0', '40.0'],
      ['625', '1,600.0', '800.0'],
    ]);
    expect(tables[1]?.rows).toEqual([
      ['stub', '200', '450'],
      ['emulator', '200', '451'],
    ]);
  });
});

describe('events of the sink', () => {
  const results = Array.from({ length: 7 }, (_, i) => JSON.stringify({ record_type: i < 5 ? 'a' : 'b', i }));

  it('has each result once, in order, in batches', () => {
    const events = sinkEvents(results, 3);
    expect(events.map(({ Records }) => Records.length)).toEqual([3, 3, 1]);
    const data = events.flatMap(({ Records }) => Records.map(({ kinesis }) => kinesis.data));
    expect(data.map((text) => Buffer.from(text, 'base64').toString())).toEqual(results);
    const numbers = events.flatMap(({ Records }) => Records.map(({ kinesis }) => kinesis.sequenceNumber));
    expect(new Set(numbers).size).toBe(7);
  });

  it('takes results at even distances, each at most once', () => {
    expect(evenSample([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
    expect(evenSample([1, 2], 5)).toEqual([1, 2]);
  });

  it('counts the types', () =>
    expect([...countTypes(results)]).toEqual([
      ['a', 5],
      ['b', 2],
    ]));
});

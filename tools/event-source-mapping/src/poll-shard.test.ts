import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import { FakeFunction, answer, crash, fakeShard, numbersOf, shardRecords } from './fake-function';
import { pollShard } from './poll-shard';

const all = (records: readonly ShardRecord[]) => ({ writes: records, ends: answer() });
/** Writes all records except the one with this number, and reports that one. */
const poison = (number: number) => (records: readonly ShardRecord[]) => {
  const bad = records.filter((record) => numbersOf([record])[0] === number);
  return { writes: records.filter((record) => !bad.includes(record)), ends: answer(...bad) };
};
/** Throws without writing if the batch contains the record with this number. */
const throwing = (number: number) => (records: readonly ShardRecord[]) =>
  numbersOf(records).includes(number) ? { writes: [], ends: crash } : all(records);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

it('delivers batches of the batch size in order, each once', async () => {
  const fn = new FakeFunction(all);
  await pollShard(fakeShard(shardRecords(25)), fn.options());
  expect(fn.delivered).toEqual([range(0, 10), range(10, 20), range(20, 25)]);
  expect(fn.ended('processed')).toEqual(range(0, 25));
});

it('continues from the lowest failure that the function reports, and does not skip what it does not report', async () => {
  const fn = new FakeFunction((records, nth) =>
    nth === 0 ? { writes: records.slice(0, 3), ends: answer(records[7]!, records[3]!) } : all(records),
  );
  await pollShard(fakeShard(shardRecords(10)), fn.options());
  expect(fn.delivered).toEqual([range(0, 10), range(3, 10)]);
  expect(fn.ended('processed')).toEqual(range(0, 10));
});

it('treats a partial failure as a success if reporting is disabled, like Lambda', async () => {
  const fn = new FakeFunction(poison(4));
  await pollShard(fakeShard(shardRecords(10)), fn.options({ reportBatchItemFailures: false }));
  expect(fn.delivered).toHaveLength(1);
  expect(fn.table.has(4)).toBe(false);
});

describe('a poison record', () => {
  it('is the only discarded record if it is reported and the batch is bisected', async () => {
    const fn = new FakeFunction(poison(4));
    const settings = { bisectBatchOnFunctionError: true, maximumRetryAttempts: 2 };
    await pollShard(fakeShard(shardRecords(10)), fn.options(settings));
    expect(fn.discarded.map(({ records, condition }) => [numbersOf(records), condition])).toEqual([
      [[4], 'RetryAttemptsExhausted'],
    ]);
    expect([...fn.table.keys()].sort((a, b) => a - b)).toEqual([...range(0, 4), ...range(5, 10)]);
    // Reported from the complete batch, then in halves 4-9, 4-6, 4-5, and alone: the first delivery and two retries.
    expect(fn.delivered.filter((batch) => batch.includes(4))).toHaveLength(4 + 3);
  });

  it('is the only discarded record if the function throws because of it', async () => {
    const fn = new FakeFunction(throwing(6));
    await pollShard(
      fakeShard(shardRecords(10)),
      fn.options({ bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 }),
    );
    expect(fn.discarded.map(({ records }) => numbersOf(records))).toEqual([[6]]);
    expect(fn.ended('processed')).toEqual([...range(0, 6), ...range(7, 10)]);
  });

  it('causes the rest of its batch to be discarded without bisecting', async () => {
    const fn = new FakeFunction(poison(4));
    await pollShard(fakeShard(shardRecords(12)), fn.options({ maximumRetryAttempts: 1 }));
    expect(fn.discarded.map(({ records, invocations }) => [numbersOf(records), invocations])).toEqual([
      [range(4, 10), 2],
    ]);
    expect(fn.ended('processed')).toEqual([...range(0, 4), 10, 11]);
  });

  it('blocks its shard, and loses nothing, without limits', async () => {
    const fn = new FakeFunction((records, nth) => {
      if (nth === 50) fn.stop.abort();
      return poison(0)(records);
    });
    await pollShard(fakeShard(shardRecords(10)), fn.options());
    expect(fn.delivered).toHaveLength(51);
    expect([fn.ended('processed'), fn.discarded]).toEqual([[], []]);
    expect(Math.max(...fn.clock.waits)).toBe(2_500);
  });
});

it('retries the batch of a throttled table until it is written, with growing pauses', async () => {
  const fn = new FakeFunction((records, nth) => (nth < 6 ? { writes: [], ends: answer(...records) } : all(records)));
  await pollShard(fakeShard(shardRecords(10)), fn.options());
  expect(fn.clock.waits).toEqual([50, 100, 200, 400, 800, 1_600]);
  expect(fn.delivered.every((batch) => batch.length === 10)).toBe(true);
  expect(fn.ended('processed')).toEqual(range(0, 10));
});

it('causes the complete batch to be delivered again after a crash, without an effect on the table', async () => {
  const fn = new FakeFunction((records, nth) =>
    nth === 1 ? { writes: records.slice(0, 4), ends: crash } : all(records),
  );
  await pollShard(fakeShard(shardRecords(30)), fn.options());
  expect(fn.delivered).toEqual([range(0, 10), range(10, 20), range(10, 20), range(20, 30)]);
  expect([...fn.table.keys()]).toEqual(range(0, 30));
  expect([...fn.table].filter(([, writes]) => writes === 2).map(([number]) => number)).toEqual(range(10, 14));
});

describe('the maximum age', () => {
  it('discards only records that are too old, without an invocation', async () => {
    const fn = new FakeFunction(all);
    fn.clock.time = 60_000 + 5;
    await pollShard(fakeShard(shardRecords(10)), fn.options({ maximumRecordAgeInSeconds: 60 }));
    expect(fn.discarded).toEqual([
      { records: shardRecords(10).slice(0, 5), condition: 'RecordAgeExceeded', invocations: 0, last: undefined },
    ]);
    expect(fn.delivered).toEqual([range(5, 10)]);
  });

  it('ends the retries of a record that never succeeds', async () => {
    const fn = new FakeFunction((records) => ({ writes: [], ends: answer(...records) }));
    await pollShard(fakeShard(shardRecords(10)), fn.options({ maximumRecordAgeInSeconds: 60 }));
    expect(fn.discarded.flatMap(({ records }) => numbersOf(records))).toEqual(range(0, 10));
    expect(fn.discarded.map(({ condition }) => condition)).toContain('RecordAgeExceeded');
    expect(fn.delivered.length).toBeGreaterThan(10);
  });

  it('finds an old record behind a young one', async () => {
    const records = shardRecords(3).map((record, at) => ({ ...record, arrivalTime: at === 1 ? 0 : 100_000 }));
    const fn = new FakeFunction(all);
    fn.clock.time = 100_000;
    await pollShard(fakeShard(records), fn.options({ maximumRecordAgeInSeconds: 60 }));
    expect([fn.delivered, fn.ended('discarded')]).toEqual([[[0], [2]], [1]]);
  });
});

it('ends with the error if the destination rejects a batch, and does not continue after it', async () => {
  const fn = new FakeFunction(throwing(2));
  fn.onDiscard = () => {
    throw new Error('no such queue');
  };
  const polling = pollShard(fakeShard(shardRecords(10)), fn.options({ batchSize: 2, maximumRetryAttempts: 0 }));
  await expect(polling).rejects.toThrow('no such queue');
  expect([fn.ended('processed'), fn.ended('discarded')]).toEqual([[0, 1], []]);
});

it('stops after the running invocation, and does not process the rest', async () => {
  const fn = new FakeFunction((records) => {
    fn.stop.abort();
    return all(records);
  });
  await pollShard(fakeShard(shardRecords(30)), fn.options());
  expect(fn.ended('processed')).toEqual(range(0, 10));
});

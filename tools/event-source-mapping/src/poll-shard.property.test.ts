import fc from 'fast-check';
import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import { type Behaviour, FakeFunction, answer, crash, fakeShard, numbersOf, shardRecords } from './fake-function';
import { pollShard } from './poll-shard';

/** Outcome of an invocation: 'ok', or one of the usual kinds of failure. */
const plan = fc.record({
  way: fc.constantFrom('ok', 'ok', 'reports', 'throws', 'crashes after writing some', 'answers nonsense'),
  /** Positions in the batch, in thousandths. Integers are used because most random doubles are near 0. */
  places: fc.array(fc.nat(999), { minLength: 1, maxLength: 3 }),
  /** Duration in milliseconds. */
  takes: fc.nat(20_000),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

function behave(records: readonly ShardRecord[], { way, places }: Plan): Behaviour {
  const at = places.map((place) => Math.floor((place * records.length) / 1_000));
  const lowest = Math.min(...at);
  switch (way) {
    case 'reports':
      // Like the sink, it may have written records after the failed ones.
      return { writes: records.filter((_, i) => !at.includes(i)), ends: answer(...at.map((i) => records[i]!)) };
    case 'throws':
      return { writes: [], ends: crash };
    case 'crashes after writing some':
      return { writes: records.slice(0, lowest), ends: crash };
    case 'answers nonsense':
      return { writes: [], ends: { kind: 'answered', response: { batchItemFailures: [{ id: 'x' }] } } };
    default:
      return { writes: records, ends: answer() };
  }
}

const runs = fc.record({
  records: fc.integer({ min: 0, max: 60 }),
  /** Seconds between arrivals; usually, but not always, in order. */
  gaps: fc.array(fc.integer({ min: -40, max: 20 }), { minLength: 1, maxLength: 8 }),
  pages: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
  plans: fc.array(plan, { maxLength: 60 }),
  /** Records for which the function always throws. */
  poison: fc.uniqueArray(fc.nat(59), { maxLength: 4 }),
  settings: fc.record({
    batchSize: fc.integer({ min: 1, max: 25 }),
    maximumRetryAttempts: fc.integer({ min: 0, max: 4 }),
    maximumRecordAgeInSeconds: fc.constantFrom(-1, 60, 120),
    bisectBatchOnFunctionError: fc.boolean(),
  }),
});

/** Records that arrive with these gaps; the last ones arrive around the start of the polling. */
function arriving(count: number, gaps: readonly number[], now: number): ShardRecord[] {
  let time = now - 200_000;
  return shardRecords(count).map((record, at) => {
    time += (gaps[at % gaps.length] ?? 0) * 1_000;
    return { ...record, arrivalTime: Math.min(now, time + 4_000 * at) };
  });
}

it('processes or discards every record exactly once, in order, for any behaviour of the function', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ records, gaps, pages, plans, poison, settings }) => {
      const fn = new FakeFunction((batch, nth) => {
        const next = plans[nth];
        fn.clock.time += next?.takes ?? 0;
        if (numbersOf(batch).some((number) => poison.includes(number))) return { writes: [], ends: crash };
        return next === undefined ? { writes: batch, ends: answer() } : behave(batch, next);
      });
      const options = fn.options(settings);
      fn.clock.time = 1_000_000;
      const shard = fakeShard(arriving(records, gaps, fn.clock.time), pages);
      // For every invocation: batches are delivered in order, and no position is skipped.
      let ended = 0;
      await pollShard(shard, {
        ...options,
        invoke: (batch) => {
          expect(numbersOf(batch)).toEqual(batch.map((_, i) => ended + i));
          expect(batch.length).toBeLessThanOrEqual(settings.batchSize);
          return options.invoke(batch);
        },
        observe: (event) => {
          options.observe(event);
          if (event.type === 'failed' || event.type === 'unread') return;
          expect(numbersOf(event.records)).toEqual(event.records.map((_, i) => ended + i));
          ended += event.records.length;
        },
      });
      expect(ended).toBe(records);
      // All processed records were written; all discarded records are at the destination.
      for (const number of fn.ended('processed')) expect(fn.table.has(number)).toBe(true);
      expect(fn.discarded.flatMap((discarded) => numbersOf(discarded.records))).toEqual(fn.ended('discarded'));
      for (const number of poison) expect(fn.ended('processed')).not.toContain(number);
      if (settings.maximumRecordAgeInSeconds === -1) {
        expect(fn.discarded.map(({ condition }) => condition)).not.toContain('RecordAgeExceeded');
      }
      for (const { condition, records: lost, invocations } of fn.discarded) {
        if (condition === 'RetryAttemptsExhausted') expect(invocations).toBeGreaterThan(settings.maximumRetryAttempts);
        if (settings.bisectBatchOnFunctionError && condition === 'RetryAttemptsExhausted') expect(lost).toHaveLength(1);
      }
    }),
    { numRuns: 150 },
  );
});

it('loses and discards nothing without limits, once the function works again', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ records, pages, plans, settings }) => {
      const fn = new FakeFunction((batch, nth) => {
        const next = plans[nth];
        return next === undefined ? { writes: batch, ends: answer() } : behave(batch, next);
      });
      const unlimited = { ...settings, maximumRetryAttempts: -1, maximumRecordAgeInSeconds: -1 };
      await pollShard(fakeShard(shardRecords(records), pages), fn.options(unlimited));
      expect(fn.discarded).toEqual([]);
      expect(fn.ended('processed')).toEqual(shardRecords(records).map((_, i) => i));
      expect(fn.table.size).toBe(records);
    }),
    { numRuns: 100 },
  );
});

import fc from 'fast-check';
import { FakeTableWriter, serviceError } from '../test/fake-table-writer';
import { json, kinesisEvent } from '../test/kinesis-event';
import { resultsIn } from '../test/results-in';
import { score } from '../test/results';
import { createSink, NOW } from '../test/sink';

// Many deliveries are slow on a busy machine; this still detects a function that never responds.
jest.setTimeout(60_000);

beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

/**
 * The records of a shard: scores of a few users and windows, so that ids repeat, with a figure that distinguishes the
 * deliveries.
 */
const shard = fc.array(fc.record({ user: fc.nat(4).map((n) => `user-${n}`), minute: fc.nat(1) }), {
  minLength: 1,
  maxLength: 25,
});

/** The start and length of a batch, and whether its result is lost: a crash, a timeout, a bisection. */
const deliveries = fc.infiniteStream(
  fc.record({ size: fc.integer({ min: 1, max: 15 }), lost: fc.boolean(), back: fc.nat(15) }),
);

it('has the last score of each user and window at the end, for any number of deliveries and any batches', async () => {
  await fc.assert(
    fc.asyncProperty(
      shard,
      deliveries,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (records, batches, chances) => {
        let broken = true;
        const fails = () => broken && (chances.next().value as number) < 0.25;
        const table = new FakeTableWriter(() =>
          fails() ? { error: serviceError('ThrottlingException') } : { unprocessed: fails },
        );
        let now = NOW;
        const backoff = { maxAttempts: 2, baseMs: 1, capMs: 1 };
        const { invoke } = createSink({ table, backoff, now: () => (now += 1) });
        const results = records.map(({ user, minute }, at) => score(user, minute, at % 101));

        let checkpoint = 0;
        for (let delivery = 0; checkpoint < records.length; delivery++) {
          broken = delivery < 10;
          const { size, lost, back } = batches.next().value;
          const batch = results.slice(checkpoint, checkpoint + size);
          const failed = await invoke(kinesisEvent(batch.map(json), checkpoint));
          const next = Math.min(checkpoint + batch.length, ...failed);
          // A batch whose response is lost is delivered again, perhaps with others; sometimes Lambda even goes back to
          // an older checkpoint.
          if (!(lost && delivery < 10)) checkpoint = next;
          else checkpoint = Math.max(0, checkpoint - back);
        }

        expect(await resultsIn(table)).toEqual(new Map(results.map((result) => [result.record_id, result])));
      },
    ),
    { numRuns: 40 },
  );
});

it('keeps scores between two deliveries of one score when Lambda goes back to the second', async () => {
  const { table, invoke } = createSink();
  const results = [score('a', 0, 1), score('b', 0, 2), score('a', 0, 1), score('c', 0, 3)];
  await invoke(kinesisEvent(results.slice(0, 3).map(json)));
  await invoke(kinesisEvent(results.slice(2).map(json), 2));
  expect((await resultsIn(table)).size).toBe(3);
});

it('writes a window in pages instead of an item for each user', async () => {
  const { table, invoke } = createSink();
  const results = Array.from({ length: 1_000 }, (_, n) => score(`user-${n}`, 0, n / 10));
  expect(await invoke(kinesisEvent(results.map(json)))).toEqual([]);
  expect(table.items.size).toBeLessThan(10);
  expect(await resultsIn(table)).toEqual(new Map(results.map((result) => [result.record_id, result])));
});

it('names the first score of a page that was not written', async () => {
  const table = new FakeTableWriter(() => ({ error: serviceError('InternalServerError') }));
  const { invoke } = createSink({ table });
  const event = kinesisEvent([score('a', 0, 1), score('b', 1, 1), score('c', 0, 1)].map(json));
  expect(await invoke(event)).toEqual([0, 1]);
});

it('writes a score whose envelope does not follow from its fields as a separate item', async () => {
  const { table, invoke } = createSink();
  const odd = { ...score('a', 0, 1), record_id: `${score('a', 0, 1).record_id} copied` };
  expect(await invoke(kinesisEvent([json(odd)]))).toEqual([]);
  expect([...table.items.keys()]).toEqual([odd.record_id]);
  expect(await resultsIn(table)).toEqual(new Map([[odd.record_id, odd]]));
});

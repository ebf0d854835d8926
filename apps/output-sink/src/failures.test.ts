import type { StoredItem } from '@ad-analytics/serving-table';
import fc from 'fast-check';
import { FakeQueue } from '../test/fake-queue';
import { FakeTableWriter, serviceError } from '../test/fake-table-writer';
import { json, kinesisEvent, sequenceNumber } from '../test/kinesis-event';
import { metrics, score } from '../test/results';
import { createSink } from '../test/sink';

// Large batches are slow on a busy machine; this still detects a function that never responds.
jest.setTimeout(60_000);

beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const POISON = Buffer.from('{');
const many = (count: number) => Array.from({ length: count }, (_, n) => json(metrics(n)));

describe('a throttled table', () => {
  it('gets unprocessed items again until it has all of them', async () => {
    // Accepts one item of each request, like a table that is heavily throttled.
    const table = new FakeTableWriter(() => ({ unprocessed: (at) => at > 0 }));
    const { invoke } = createSink({ table, backoff: { maxAttempts: 30, baseMs: 1, capMs: 1 } });
    expect(await invoke(kinesisEvent(many(20)))).toEqual([]);
    expect(table.items.size).toBe(20);
    expect(table.requests).toBe(20);
  });

  it('is not retried forever: only items that it never accepts are reported', async () => {
    const table = new FakeTableWriter(() => ({
      unprocessed: (_, item) => /campaign-(3|7)$/.test(item['record_id']!.S!),
    }));
    const { invoke } = createSink({ table });
    expect(await invoke(kinesisEvent(many(20)))).toEqual([3, 7]);
    expect(table.items.size).toBe(18);
    expect(table.requests).toBe(4);
  });

  it.each(['ProvisionedThroughputExceededException', 'ResourceNotFoundException', 'AccessDeniedException'])(
    'that responds with %s causes a retry of its request, and the others count',
    async (name) => {
      const table = new FakeTableWriter((request) => (request === 1 ? { error: serviceError(name) } : {}));
      const { invoke } = createSink({ table });
      expect(await invoke(kinesisEvent(many(60)))).toEqual(Array.from({ length: 25 }, (_, at) => 25 + at));
      expect(table.items.size).toBe(35);
    },
  );

  it('causes a retry of the whole batch when it accepts nothing, without an error of the function', async () => {
    const table = new FakeTableWriter(() => ({ error: serviceError('InternalServerError') }));
    const { invoke } = createSink({ table });
    expect(await invoke(kinesisEvent(many(3)))).toEqual([0, 1, 2]);
  });

  it('is given up before the invocation is killed', async () => {
    const table = new FakeTableWriter(() => ({ unprocessed: () => true }));
    const { invoke } = createSink({ table, backoff: { maxAttempts: 1_000, baseMs: 60_000, capMs: 60_000 } });
    // 3 s are kept for reporting: 50 ms are left for writing, and the first wait is longer.
    jest.spyOn(Math, 'random').mockReturnValue(0.99);
    expect(await invoke(kinesisEvent(many(2)), 3_050)).toEqual([0, 1]);
  });

  it('is not called when no time is left', async () => {
    const { table, queue, invoke } = createSink();
    expect(await invoke(kinesisEvent([...many(2), POISON]), 500)).toEqual([0, 1]);
    expect(table.items.size).toBe(0);
    expect(queue.letters).toEqual([]);
  });

  it('may use another name for itself in unprocessed items', async () => {
    const table = new FakeTableWriter((request) => ({
      unprocessed: () => request === 0,
      tableName: 'arn:aws:dynamodb:x',
    }));
    const { invoke } = createSink({ table });
    expect(await invoke(kinesisEvent(many(3)))).toEqual([]);
    expect(table.items.size).toBe(3);
  });
});

describe('a table that refuses an item as invalid', () => {
  const refusing =
    (...keys: number[]) =>
    (item: StoredItem): boolean =>
      keys.some((n) => item['record_id']!.S === metrics(n).record_id);

  it('gets the other items of the request, and each refused one becomes a letter', async () => {
    const table = new FakeTableWriter(() => ({ refuses: refusing(3, 4, 24) }));
    const { queue, invoke } = createSink({ table });
    expect(await invoke(kinesisEvent(many(60)))).toEqual([]);
    expect(table.items.size).toBe(57);
    expect(queue.letters.map((letter) => letter.sequence_number)).toEqual([3, 4, 24].map(sequenceNumber));
    const reason = 'campaign_metrics: the table refuses the item: ValidationException: ValidationException: simulated';
    expect(new Set(queue.letters.map((letter) => letter.reason))).toEqual(new Set([reason]));
  });

  it('gets a bounded number of requests, even if it refuses every item', async () => {
    const table = new FakeTableWriter(() => ({ refuses: () => true }));
    const { queue, invoke } = createSink({ table });
    expect(await invoke(kinesisEvent(many(25)))).toEqual([]);
    expect(queue.letters).toHaveLength(25);
    expect(table.requests).toBe(2 * 25 - 1);
  });

  it('may also fail for other reasons: only the refused item becomes a letter, the others are retried', async () => {
    const table = new FakeTableWriter((request) =>
      request === 1 ? { error: serviceError('ThrottlingException') } : { refuses: refusing(0, 3) },
    );
    const { queue, invoke } = createSink({ table });
    // The second request has the first half, 0 and 1.
    expect(await invoke(kinesisEvent(many(4)))).toEqual([0, 1]);
    expect([...table.items.keys()]).toEqual([metrics(2).record_id]);
    expect(queue.letters).toEqual([]);
  });

  it('is not asked about parts of a request when no time is left', async () => {
    const table = new FakeTableWriter(() => {
      jest.spyOn(AbortSignal.prototype, 'aborted', 'get').mockReturnValue(true);
      return { error: serviceError('ValidationException') };
    });
    const { queue, invoke } = createSink({ table });
    expect(await invoke(kinesisEvent(many(2)))).toEqual([0, 1]);
    expect(queue.letters).toEqual([]);
  });

  it('does not block a result of an older schema version', async () => {
    const table = new FakeTableWriter(() => ({ refuses: refusing(1) }));
    const { queue, invoke } = createSink({ table, schemaVersion: 2 });
    expect(await invoke(kinesisEvent(many(3)))).toEqual([]);
    expect(table.items.size).toBe(2);
    expect(queue.letters.map((letter) => letter.sequence_number)).toEqual([sequenceNumber(1)]);
  });

  it('causes a letter for each score of a refused page', async () => {
    const table = new FakeTableWriter(() => ({ refuses: (item) => item['record_type']!.S === 'user_engagement' }));
    const { queue, invoke } = createSink({ table });
    expect(await invoke(kinesisEvent([score('a', 0, 1), metrics(0), score('b', 0, 2)].map(json)))).toEqual([]);
    expect([...table.items.keys()]).toEqual([metrics(0).record_id]);
    expect(queue.letters.map((letter) => letter.sequence_number)).toEqual([0, 2].map(sequenceNumber));
  });
});

describe('poison and a failure in one batch', () => {
  it('sends only the invalid records before the failure, because Lambda delivers the rest again', async () => {
    const table = new FakeTableWriter(() => ({
      unprocessed: (_, item) => item['record_id']!.S!.endsWith('campaign-5'),
    }));
    const { queue, invoke } = createSink({ table });
    const event = kinesisEvent([POISON, json(metrics(5)), POISON]);
    expect(await invoke(event)).toEqual([1]);
    expect(queue.letters.map((letter) => letter.sequence_number)).toEqual([sequenceNumber(0)]);
  });
});

describe('versions of the schema', () => {
  const version = (n: number, schemaVersion: number) => ({ ...metrics(n), schema_version: schemaVersion });
  const stored = (table: FakeTableWriter, n: number) => table.items.get(metrics(n).record_id);

  it('does not let an old duplicate overwrite a newer result', async () => {
    // The sink of the next schema version, for which the current results are the older ones.
    const { table, invoke } = createSink({ schemaVersion: 2 });
    await invoke(kinesisEvent(many(2)));
    const newer = { ...stored(table, 0)!, schema_version: { N: '2' }, payload: { M: {} } };
    table.items.set(metrics(0).record_id, newer);
    expect(await invoke(kinesisEvent(many(3)))).toEqual([]);
    expect(stored(table, 0)).toEqual(newer);
    expect(stored(table, 1)!['schema_version']).toEqual({ N: '1' });
    expect(table.items.size).toBe(3);
  });

  it('causes a retry of an old result when the table fails', async () => {
    const table = new FakeTableWriter((request) =>
      request === 1 ? { error: serviceError('ThrottlingException') } : {},
    );
    const { invoke } = createSink({ table, schemaVersion: 2 });
    expect(await invoke(kinesisEvent(many(3)))).toEqual([1]);
  });

  it('keeps a result of a version that it does not know for later', async () => {
    const { table, queue, invoke } = createSink();
    expect(await invoke(kinesisEvent([json(version(0, 2)), json(version(1, 0))]))).toEqual([]);
    expect(table.items.size).toBe(0);
    const reason = expect.stringMatching(/^schema_version: /);
    expect(queue.letters.map((letter) => letter.reason)).toEqual([reason, reason]);
  });
});

describe('a crash', () => {
  it('in the middle of a batch loses nothing and duplicates nothing once the batch is delivered again', async () => {
    const table = new FakeTableWriter((request) => ({ dies: request === 3 }));
    const queue = new FakeQueue();
    const event = kinesisEvent([...many(100), POISON]);
    const first = createSink({ table, queue }).invoke(event);
    const killed = new Promise<string>((resolve) => setTimeout(() => resolve('killed'), 50));
    expect(await Promise.race([first, killed])).toBe('killed');
    expect(table.items.size).toBeGreaterThan(0);
    expect(queue.letters).toEqual([]);

    table.behaviour = () => ({});
    expect(await createSink({ table, queue }).invoke(event)).toEqual([]);
    expect([...table.items.keys()].sort()).toEqual(
      many(100)
        .map((_, n) => metrics(n).record_id)
        .sort(),
    );
    expect(queue.letters).toHaveLength(1);
  });
});

/** A record of a shard in a property test: a result (including repeats), or an invalid record. */
const record = fc.oneof(
  { weight: 6, arbitrary: fc.nat(40).map((n) => ({ n })) },
  { weight: 1, arbitrary: fc.constant({ n: -1 }) },
);

it('has every result and every invalid record at the end, whatever fails in between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 90 }),
      fc.integer({ min: 4, max: 40 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (records, batchSize, chances) => {
        const chance = (): number => chances.next().value as number;
        let broken = true;
        const table = new FakeTableWriter(() => {
          if (broken && chance() < 0.3) return { error: serviceError('ThrottlingException') };
          return { unprocessed: () => broken && chance() < 0.3 };
        });
        const queue = new FakeQueue(() => broken && chance() < 0.3);
        const { invoke } = createSink({ table, queue });
        const data = records.map(({ n }, at) =>
          // A figure distinguishes each delivery of a result, so that the test also checks the order.
          n < 0
            ? POISON
            : json({ ...metrics(n), campaign_metrics: { ...metrics(n).campaign_metrics, cost_micros: at } }),
        );
        // Lambda delivers the batch again from the lowest reported sequence number.
        let checkpoint = 0;
        for (let delivery = 0; checkpoint < data.length; delivery++) {
          broken = delivery < 20;
          const batch = data.slice(checkpoint, checkpoint + batchSize);
          const failed = await invoke(kinesisEvent(batch, checkpoint));
          expect(failed.every((at) => at >= checkpoint && at < checkpoint + batch.length)).toBe(true);
          checkpoint = Math.min(checkpoint + batch.length, ...failed);
        }
        const expected = new Map<string, number>();
        records.forEach(({ n }, at) => n >= 0 && expected.set(metrics(n).record_id, at));
        const found = [...table.items].map(
          ([id, item]) => [id, Number(item['payload']!.M!['cost_micros']!.N)] as const,
        );
        expect(new Map(found)).toEqual(expected);
        const poison = records.flatMap(({ n }, at) => (n < 0 ? [sequenceNumber(at)] : []));
        expect(new Set(queue.letters.map((letter) => letter.sequence_number))).toEqual(new Set(poison));
      },
    ),
    { numRuns: 40 },
  );
});

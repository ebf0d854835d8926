import { resultsWith } from '@ad-analytics/any-text';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FakeTableWriter } from '../test/fake-table-writer';
import { json, kinesisEvent, sequenceNumber } from '../test/kinesis-event';
import { metrics } from '../test/results';
import { createSink } from '../test/sink';

beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
/** @returns a record that looks aggregated, with a correct checksum */
const signed = (body: Uint8Array) => Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const nested = (open: string, levels: number) => Buffer.from(open.repeat(levels));

/** A record that is not a result, and must become one letter. */
const hostile = fc.oneof(
  bytes,
  bytes.map(signed),
  // Fields of an aggregated record with any content: its tables of keys, its parts, a digest.
  fc
    .tuple(fc.constantFrom(0x0a, 0x12, 0x1a, 0x22), bytes)
    .map(([tag, content]) =>
      signed(Buffer.from([tag, content.length % 128, ...content.subarray(0, content.length % 128)])),
    ),
  fc.constantFrom(3, 11, 123).map((tag) => signed(Buffer.alloc(100_000, tag))),
  fc.constantFrom('[', '{"a":', '[{"payload":').map((open) => nested(open, 50_000)),
  fc
    .constantFrom('{"__proto__":{"record_type":"fraud_alert"}}', '{"constructor":1}', 'null', '1e999', '"\\ud800"', '')
    .map((text) => Buffer.from(text)),
  fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
);

it('writes the results between records of any other bytes, each of which becomes a letter', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 4 }), async (records) => {
      const { table, queue, invoke } = createSink();
      const [first, last] = [resultsWith('first')[0], resultsWith('last')[0]];

      expect(await invoke(kinesisEvent([json(first), ...records, json(last)]))).toEqual([]);

      expect(new Set(table.items.keys())).toEqual(new Set([first?.record_id, last?.record_id]));
      expect(queue.letters).toHaveLength(records.length);
    }),
    {
      numRuns: 100,
      examples: [[[signed(Buffer.alloc(0))]], [[signed(Buffer.alloc(100_000, 11))]], [[nested('[', 200_000)]]],
    },
  );
});

/** A record of an event: other bytes, or a result, which the table may always refuse. */
const carried = fc.oneof(
  hostile.map((data) => ({ data, refused: false })),
  fc.boolean().map((refused) => ({ data: undefined, refused })),
);

it('returns exactly the results that the table refuses, whatever else the event contains', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(carried, { minLength: 1, maxLength: 12 }), async (records) => {
      const idsOf = (refused: boolean) =>
        records.flatMap((record, at) =>
          record.data === undefined && record.refused === refused ? [metrics(at).record_id] : [],
        );
      const refusedIds = new Set(idsOf(true));
      const table = new FakeTableWriter(() => ({ unprocessed: (_, item) => refusedIds.has(item['record_id']!.S!) }));
      const { queue, invoke } = createSink({ table });

      const failed = await invoke(kinesisEvent(records.map(({ data }, at) => data ?? json(metrics(at)))));

      expect(failed).toEqual(records.flatMap(({ refused }, at) => (refused ? [at] : [])));
      expect(new Set(table.items.keys())).toEqual(new Set(idsOf(false)));
      // Lambda delivers everything after the first failure again, and the letters are sent then.
      const before = records.slice(0, failed[0] ?? records.length);
      const letters = before.flatMap(({ data }, at) => (data === undefined ? [] : [sequenceNumber(at)]));
      expect(queue.letters.map((letter) => letter.sequence_number)).toEqual(letters);
    }),
    { numRuns: 100 },
  );
});

/** Fields that Lambda sets, with dots between their levels. */
const field = fc.constantFrom(
  'kinesis',
  'kinesis.kinesisSchemaVersion',
  'kinesis.partitionKey',
  'kinesis.sequenceNumber',
  'kinesis.data',
  'kinesis.approximateArrivalTimestamp',
  'eventID',
  'eventSource',
  'eventSourceARN',
  'eventName',
  '__proto__',
);
const value = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.constantFrom('a:1', ':', 'x:stream/y', '9'.repeat(500), -1, 8.64e12 + 1, 1e300),
);

describe('an event of another shape', () => {
  it('is refused as a whole before anything is written, or processed as a whole', async () => {
    await fc.assert(
      fc.asyncProperty(field, value, async (name, changed) => {
        const { table, queue, invoke } = createSink();
        const event = kinesisEvent([json(metrics(0)), Buffer.from('{'), json(metrics(2))]);
        const [, inner] = name.split('.');
        const [record] = event.Records.slice(1);
        Object.defineProperty(inner ? record!.kinesis : record!, inner ?? name, { value: changed, enumerable: true });

        const outcome = await invoke(event).catch((error: Error) => error.message);

        if (typeof outcome === 'string')
          expect([outcome, table.requests, queue.requests]).toEqual([
            expect.stringMatching(/^Failed to parse schema/),
            0,
            0,
          ]);
        else expect([outcome, table.items.size, queue.letters.length]).toEqual([[], 2, 1]);
      }),
      { numRuns: 300, examples: [['kinesis.approximateArrivalTimestamp', 1e300]] },
    );
  });

  it('that is not even an event is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.anything(),
          fc.jsonValue().map((Records) => ({ Records })),
        ),
        async (event) => {
          const { table, queue, invoke } = createSink();
          const outcome = await invoke(event).catch((error: Error) => error.message);
          if (typeof outcome === 'string') expect(outcome).toMatch(/^Failed to parse schema/);
          else expect([outcome, table.requests, queue.requests]).toEqual([[], 0, 0]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

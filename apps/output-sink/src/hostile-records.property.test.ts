import { resultsWith } from '@ad-analytics/any-text';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { json, kinesisEvent } from '../test/kinesis-event';
import { createSink } from '../test/sink';

beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
/** @returns a record that says that it is aggregated, with a checksum that fits */
const signed = (body: Uint8Array) => Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const nested = (open: string, levels: number) => Buffer.from(open.repeat(levels));

/** What is not a result, and must be one letter. */
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

it('writes the results around any other bytes, and each of those becomes a letter', async () => {
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

import { createHash } from 'node:crypto';
import protobuf from 'protobufjs';
import type { Choice } from '@ad-analytics/fault-proxy/choice';

const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
/** Indexes beyond every table; one is beyond 32 bits. */
const WRONG_INDEXES = [1, 7, 2 ** 31, 2 ** 40];
/** Nesting levels of one byte each, far beyond the limit of any parser. */
const NESTED_GROUPS = [1_000, 10_000, 100_000];
/** Known fields, and an unknown one. */
const GROUP_FIELDS = [1, 3, 15];
/** Wire type of protobuf. */
const START_GROUP = 3;
const WRONG_HASH_KEYS = ['', '-1', 'x', '9'.repeat(40), (1n << 128n).toString(), '0'];

const part = new protobuf.Type('Record')
  .add(new protobuf.Field('partition_key_index', 1, 'uint64', 'required'))
  .add(new protobuf.Field('explicit_hash_key_index', 2, 'uint64', 'optional'))
  .add(new protobuf.Field('data', 3, 'bytes', 'required'));
const aggregate = new protobuf.Type('AggregatedRecord')
  .add(new protobuf.Field('partition_key_table', 1, 'string', 'repeated'))
  .add(new protobuf.Field('explicit_hash_key_table', 2, 'string', 'repeated'))
  .add(new protobuf.Field('records', 3, 'Record', 'repeated'))
  .add(part);

const signed = (body: Uint8Array) => Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);

/** A part of an aggregated record: its event, and the indexes of its keys. */
interface Part {
  readonly partition_key_index: number;
  readonly explicit_hash_key_index?: number;
  readonly data: Uint8Array;
}

function message(
  parts: readonly Part[],
  keys: readonly string[] = ['key'],
  hashKeys: readonly string[] = [],
): Uint8Array {
  return aggregate.encode({ partition_key_table: keys, explicit_hash_key_table: hashKeys, records: parts }).finish();
}

const plain = (data: Uint8Array): Part => ({ partition_key_index: 0, data });

/** Records in the format of the Kinesis Producer Library (magic number, protobuf message, MD5), and records that only resemble it. */
const SHAPES: Readonly<Record<string, (events: readonly Buffer[], choice: Choice) => Buffer>> = {
  sound: (events) => signed(message(events.map(plain))),
  'one part is not an event': (events) => signed(message([...events, Buffer.from([0xff, 0x00])].map(plain))),
  'one part is empty': (events) => signed(message([Buffer.alloc(0), ...events].map(plain))),
  'aggregate in an aggregate': (events) => signed(message([plain(signed(message(events.map(plain))))])),
  'invalid hash keys': (events, choice) =>
    signed(
      message(
        events.map((data) => ({ ...plain(data), explicit_hash_key_index: 0 })),
        ['key'],
        [choice.of(WRONG_HASH_KEYS)],
      ),
    ),
  'key index beyond the table': (events, choice) =>
    signed(message(events.map((data) => ({ partition_key_index: choice.of(WRONG_INDEXES), data })))),
  'no part': () => signed(message([])),
  'magic number alone': () => MAGIC,
  'magic number and an event': (events) => Buffer.concat([MAGIC, ...events]),
  'signed, but not a message': (_, choice) => signed(Buffer.from(Array.from({ length: 40 }, () => choice.below(256)))),
  // Parsers that follow it to its end overflow their stack (CVE-2024-7254 and the like).
  'groups in groups': (_, choice) =>
    signed(Buffer.alloc(choice.of(NESTED_GROUPS), (choice.of(GROUP_FIELDS) << 3) | START_GROUP)),
  'wrong checksum': (events) => Buffer.concat([MAGIC, message(events.map(plain)), Buffer.alloc(16)]),
  'cut off': (events, choice) => {
    const whole = signed(message(events.map(plain)));
    return whole.subarray(0, 1 + choice.below(whole.length - 1));
  },
  'magic number inside': (events) => Buffer.concat([...events, MAGIC]),
};

/** @returns an aggregated record of the events, or a record that resembles one */
export function kplLookAlike(events: readonly Buffer[], choice: Choice): Buffer {
  return choice.of(Object.values(SHAPES))(events, choice);
}

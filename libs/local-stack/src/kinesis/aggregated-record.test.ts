import { createHash } from 'node:crypto';
import protobuf from 'protobufjs';
import { userRecords } from './aggregated-record';

const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const record = (data: Uint8Array) => ({ sequenceNumber: '49', partitionKey: 'a', arrivalTime: 0, data });

/** An aggregated record according to the format's specification: magic number, protobuf message, MD5 of the message. */
function aggregated(texts: readonly string[]): Buffer {
  const inner = new protobuf.Type('Record')
    .add(new protobuf.Field('partition_key_index', 1, 'uint64', 'required'))
    .add(new protobuf.Field('data', 3, 'bytes', 'required'));
  const outer = new protobuf.Type('AggregatedRecord')
    .add(new protobuf.Field('partition_key_table', 1, 'string', 'repeated'))
    .add(new protobuf.Field('records', 3, 'Record', 'repeated'))
    .add(inner);
  const message = outer.encode({
    partition_key_table: ['a'],
    records: texts.map((text) => ({ partition_key_index: 0, data: Buffer.from(text) })),
  });
  const body = Buffer.from(message.finish());
  return Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);
}

describe('userRecords', () => {
  it('returns a plain record unchanged', () => {
    expect(userRecords(record(Buffer.from('{}')))).toEqual([{ sequence: '49', data: Buffer.from('{}') }]);
  });

  it('splits an aggregated record and numbers its parts from 0', () => {
    const parts = userRecords(record(aggregated(['first', 'second'])));
    expect(parts.map(({ sequence, data }) => [sequence, Buffer.from(data).toString()])).toEqual([
      ['49:0', 'first'],
      ['49:1', 'second'],
    ]);
  });

  it('treats an aggregated record without parts as a single part', () => {
    const empty = aggregated([]);
    const parts = userRecords(record(empty));
    expect(parts.map(({ sequence, data }) => [sequence, Buffer.from(data)])).toEqual([['49:0', empty]]);
  });

  it('treats a record with an empty message as a plain one', () => {
    const data = Buffer.concat([MAGIC, createHash('md5').update('').digest()]);
    expect(userRecords(record(data))).toEqual([{ sequence: '49', data }]);
  });

  it('treats an aggregated record with implausibly many parts as a single part', () => {
    const overLimit = aggregated(Array<string>(17).fill(''));
    expect(userRecords(record(overLimit)).map(({ sequence, data }) => [sequence, Buffer.from(data)])).toEqual([
      ['49:0', overLimit],
    ]);
    expect(userRecords(record(aggregated(Array<string>(16).fill(''))))).toHaveLength(16);
    const event = 'x'.repeat(150);
    expect(
      userRecords(record(aggregated(Array.from({ length: 100 }, (_, at) => (at % 4 === 0 ? event : ''))))),
    ).toHaveLength(100);
  });

  it.each([
    ['cut off', [0x1a, 0x05]],
    ['followed by an open group', [0x0b]],
    ['followed by a wrong tag', [0x07]],
  ])('counts the parts of a message that is %s', (_, end) => {
    const body = Buffer.concat([Buffer.alloc(100, Buffer.from([0x1a, 0x00])), Buffer.from(end)]);
    const data = Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);
    expect(userRecords(record(data)).map(({ sequence }) => sequence)).toEqual(['49:0']);
  });

  it.each([
    ['keys', [0x0a, 0x00], []],
    ['groups', [0x53, 0x54], []],
    ['tags', [0x22, 0x00], [0x1a]],
    ['unknown fields of a part', [0x28, 0x01], [0x1a]],
    ['unknown fields of a tag', [0x50, 0x01], [0x1a, 0x22]],
  ])('treats an aggregated record with implausibly many %s as a single part', (_, object, fields) => {
    const part = Buffer.from([0x1a, 0x03, 0x1a, 0x01, 0x78]);
    const withObjects = (count: number) => {
      const objects = Buffer.alloc(count * object.length, Buffer.from(object));
      const nested = fields.reduceRight(
        (content, field) => Buffer.concat([Buffer.from([field, content.length]), content]),
        objects,
      );
      const body = Buffer.concat([part, nested]);
      return Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);
    };
    const overLimit = withObjects(17);
    expect(userRecords(record(overLimit)).map(({ data }) => Buffer.from(data))).toEqual([overLimit]);
    expect(Buffer.from(userRecords(record(withObjects(15)))[0]?.data ?? []).toString()).toBe('x');
  });

  it('includes parts without data or without a key', () => {
    const body = Buffer.from([0x1a, 0x02, 0x08, 0x00, 0x1a, 0x03, 0x1a, 0x01, 0x78]);
    const data = Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);
    const parts = userRecords(record(data));
    expect(parts.map(({ sequence, data }) => [sequence, Buffer.from(data).toString()])).toEqual([
      ['49:0', ''],
      ['49:1', 'x'],
    ]);
  });

  it.each([1, 3, 15])('counts deeply nested groups of field %p without recursion', (field) => {
    const body = Buffer.alloc(100_000, (field << 3) | 3);
    const data = Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);
    expect(userRecords(record(data)).map(({ sequence }) => sequence)).toEqual(['49:0']);
  });

  it('treats a record with a cut message as a plain one', () => {
    const body = Buffer.from([0x1a, 0x05, 0x08]);
    const data = Buffer.concat([MAGIC, body, createHash('md5').update(body).digest()]);
    expect(userRecords(record(data))).toEqual([{ sequence: '49', data }]);
  });

  it('treats a record with a wrong checksum as a plain one', () => {
    const broken = aggregated(['first']);
    broken.writeUInt8(broken.readUInt8(broken.length - 1) ^ 1, broken.length - 1);
    expect(userRecords(record(broken))).toEqual([{ sequence: '49', data: broken }]);
  });
});

import fc from 'fast-check';
import { inputRecord } from './input-record';

const of = (text: string) => inputRecord(Buffer.from(text));

describe('inputRecord', () => {
  it('uses the impression as key, and the time as written', () => {
    expect(of('{"impression_id":"i1","event_time":"2026-11-23T10:00:00.000Z"}')).toMatchObject({
      partitionKey: 'i1',
      eventTime: '2026-11-23T10:00:00.000Z',
    });
  });

  it.each(['broken-\\ud83d', '😀'.repeat(200), '\\u0000'])('uses an id of any text as key (%#)', (id) => {
    const records = [`{"impression_id":"${id}"}`, `{"impression_id":"${id}","n":1}`].map(of);
    expect(records[0]!.partitionKey).toBe(JSON.parse(`"${id}"`));
    expect(records[1]!.partitionKey).toBe(records[0]!.partitionKey);
  });

  it('reads a line with a byte-order mark, and keeps the mark', () => {
    const text = '\ufeff{"impression_id":"i1","event_time":"2026-11-23T10:00:00.000Z"}';
    expect(of(text)).toMatchObject({ partitionKey: 'i1', eventTime: '2026-11-23T10:00:00.000Z' });
    expect(of(text).data.toString()).toBe(text);
  });

  it.each(['not json', '[]', 'null', '"text"', '{}', '{"impression_id":7}', '{"impression_id":""}'])(
    'keeps %j unchanged, with a hash of its content as key',
    (text) => {
      const record = of(text);
      expect(record.data.toString()).toBe(text);
      expect(record.partitionKey).toMatch(/^[0-9a-f]{64}$/);
      expect(record.partitionKey).toBe(of(text).partitionKey);
      expect(record.eventTime).toBeUndefined();
    },
  );

  it.each(['2026-11-23T10:00:00Z', '2026-11-23T11:00:00.000+01:00', 'yesterday', 7])(
    'does not read a time from %j',
    (time) => {
      expect(of(JSON.stringify({ impression_id: 'i', event_time: time })).eventTime).toBeUndefined();
    },
  );

  it('always has a key and the same bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          const record = inputRecord(Buffer.from(bytes));
          expect(record.partitionKey.length).toBeGreaterThanOrEqual(1);
          expect(record.data.equals(Buffer.from(bytes))).toBe(true);
        },
      ),
    );
  });
});

import { resultsWith } from '@ad-analytics/any-text';
import { RECORD_TYPES, type ResultOf } from '@ad-analytics/event-schemas';
import { fromItem, unmarshallItem, type StoredItem } from '@ad-analytics/serving-table';
import { aggregate } from '../test/aggregate';
import { json, kinesisEvent, sequenceNumber } from '../test/kinesis-event';
import { invalid, metrics, rejected, score, VALID } from '../test/results';
import { resultsIn } from '../test/results-in';
import { createSink, NOW } from '../test/sink';

// Large batches are slow on a busy machine; this still detects a function that never responds.
jest.setTimeout(60_000);

beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const resultOf = (item: StoredItem | undefined) => fromItem(unmarshallItem(item!));
const DAMAGED = Buffer.from([0xf3, 0x89, 0x9a, 0xc2, ...Array<number>(30).fill(7)]);

describe('whole Lambda events', () => {
  it('writes every type of result as the contract defines it', async () => {
    const { table, queue, invoke } = createSink();
    expect(await invoke(kinesisEvent(VALID.map(json)))).toEqual([]);
    expect(await resultsIn(table)).toEqual(new Map(VALID.map((result) => [result.record_id, result])));
    expect(queue.letters).toEqual([]);
  });

  it('accepts an event without records', async () => {
    const { table, invoke } = createSink();
    expect(await invoke(kinesisEvent([]))).toEqual([]);
    expect(table.requests).toBe(0);
  });

  it('accepts aggregated and plain records in one event', async () => {
    const { table, queue, invoke } = createSink();
    const inner = [1, 2, 3].map((n) => json(metrics(n)));
    const event = kinesisEvent([
      json(metrics(0)),
      await aggregate([...inner, Buffer.from('{'), json(metrics(4))]),
      json(metrics(5)),
    ]);
    expect(await invoke(event)).toEqual([]);
    expect([...table.items.values()].map(resultOf)).toEqual([0, 1, 2, 3, 4, 5].map(metrics));
    expect(queue.letters).toMatchObject([
      { sequence_number: sequenceNumber(1), part: 3, partition_key: 'inner-3', raw: 'ew==' },
    ]);
  });

  it('treats a record that only looks aggregated as invalid', async () => {
    const { queue, invoke } = createSink();
    expect(await invoke(kinesisEvent([DAMAGED]))).toEqual([]);
    expect(queue.letters).toMatchObject([{ reason: 'JSON: is not valid UTF-8', raw_length: DAMAGED.length }]);
    expect(queue.letters[0]).not.toHaveProperty('part');
  });

  it('accepts 10,000 records, the maximum of Lambda', async () => {
    const { table, invoke } = createSink();
    const results = Array.from({ length: 10_000 }, (_, n) => metrics(n));
    expect(await invoke(kinesisEvent(results.map(json)))).toEqual([]);
    expect(table.items.size).toBe(10_000);
    expect(table.requests).toBe(400);
    expect(resultOf(table.items.get(metrics(9_999).record_id))).toEqual(metrics(9_999));
  });

  it('accepts 6 MB, the maximum of an event', async () => {
    const limit = 6 * 1024 * 1024;
    const results = Array.from({ length: 53 }, (_, n) => rejected(n, 86_000));
    const event = kinesisEvent(results.map(json));
    const size = Buffer.byteLength(JSON.stringify(event));
    expect(size).toBeGreaterThan(0.97 * limit);
    expect(size).toBeLessThanOrEqual(limit);
    const { table, invoke } = createSink();
    expect(await invoke(event)).toEqual([]);
    expect([...table.items.values()].map(resultOf)).toEqual(results);
  });

  it.each([
    ['nothing', undefined],
    ['an SQS event', { Records: [{ messageId: '1', body: '{}', eventSource: 'aws:sqs' }] }],
    ['a stream of a table', { Records: [{ ...kinesisEvent([json(1)]).Records[0], eventSource: 'aws:dynamodb' }] }],
  ])('refuses %s', async (_name, event) => {
    await expect(createSink().invoke(event)).rejects.toThrow('Failed to parse schema');
  });

  it('reads the name of the stream with enhanced fan-out', async () => {
    const event = kinesisEvent([Buffer.from('{')]);
    event.Records[0]!.eventSourceARN += '/consumer/sink:1700000000';
    const { queue, invoke } = createSink();
    await invoke(event);
    expect(queue.letters).toMatchObject([{ stream: 'AdResultantOutput', shard: 'shardId-000000000006' }]);
  });
});

describe('poison', () => {
  it.each(RECORD_TYPES)('goes to the dead-letter queue, naming its field, and blocks nothing: %s', async (type) => {
    const cases = invalid(type);
    const { table, queue, invoke } = createSink();
    const event = kinesisEvent([json(metrics(0)), ...cases.map(({ data }) => data), json(metrics(1))]);
    expect(await invoke(event)).toEqual([]);
    expect(table.items.size).toBe(2);
    const reasons = cases.map(({ name, field }) => [name, expect.stringContaining(field)]);
    expect(cases.map(({ name }, at) => [name, queue.letters[at]?.reason])).toEqual(reasons);
    expect(queue.letters).toHaveLength(cases.length);
  });

  it('carries its reason, its position and its data', async () => {
    const { queue, invoke } = createSink();
    await invoke(kinesisEvent([json({ ...metrics(0), schema_version: 2 })]));
    expect(queue.letters).toEqual([
      {
        reason: expect.stringMatching(/^schema_version: /),
        stream: 'AdResultantOutput',
        shard: 'shardId-000000000006',
        sequence_number: sequenceNumber(0),
        partition_key: 'key-0',
        arrived_at: new Date(1795428000123).toISOString(),
        failed_at: new Date(NOW).toISOString(),
        raw: json({ ...metrics(0), schema_version: 2 }).toString('base64'),
        raw_length: json({ ...metrics(0), schema_version: 2 }).length,
      },
    ]);
  });

  it('is cut to 64 KiB, with its whole length', async () => {
    const { queue, invoke } = createSink();
    await invoke(kinesisEvent([Buffer.alloc(1_000_000, 'x')]));
    expect(queue.letters).toMatchObject([{ raw: Buffer.alloc(65_536, 'x').toString('base64'), raw_length: 1_000_000 }]);
  });

  it('is also a record that passes its schema but exceeds the limits of the table', async () => {
    const huge = {
      ...rejected(0, 0),
      rejected_event: { ...rejected(0, 0).rejected_event, reason: 'x'.repeat(500_000) },
    };
    const never = { ...metrics(1), record_id: `${metrics(1).record_id}${'x'.repeat(3_000)}` };
    const { table, queue, invoke } = createSink();
    expect(await invoke(kinesisEvent([huge, never, metrics(2)].map(json)))).toEqual([]);
    expect(queue.letters.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^payload: the item has 5\d{5} bytes/),
      expect.stringMatching(/^record_id: 3\d{3} bytes/),
    ]);
    expect(table.items.size).toBe(1);
  });

  it('is also a result with a number that the table cannot hold, and its neighbours are written', async () => {
    const [alert] = resultsWith('a').filter(({ record_type: type }) => type === 'fraud_alert') as [
      ResultOf<'fraud_alert'>,
    ];
    const tiny = { ...alert, fraud_alert: { ...alert.fraud_alert, observed: 1e-200 } };
    const scores = [score('first', 0, 1e-200), score('second', 0, 5), score('third', 0, 1e-131), score('last', 0, 7)];
    const { table, queue, invoke } = createSink();
    expect(await invoke(kinesisEvent([metrics(0), tiny, ...scores, metrics(1)].map(json)))).toEqual([]);
    const named = queue.letters.map(({ sequence_number: at, reason }) => [at, reason]);
    expect(named).toEqual([
      [sequenceNumber(1), expect.stringMatching(/^payload\.observed: /)],
      [sequenceNumber(2), expect.stringMatching(/^payload\.users\.0\.4: /)],
      [sequenceNumber(4), expect.stringMatching(/^payload\.users\.0\.4: /)],
    ]);
    const written = [metrics(0), metrics(1), scores[1]!, scores[3]!].map(({ record_id: id }) => id);
    expect(new Set((await resultsIn(table)).keys())).toEqual(new Set(written));
  });

  it('is reported as failed when the queue fails, and later letters are not sent', async () => {
    const { table, queue, invoke } = createSink();
    queue.refuses = () => new Error('queue is down');
    const event = kinesisEvent([json(metrics(0)), Buffer.from('{'), json(metrics(1)), Buffer.from('[')]);
    expect(await invoke(event)).toEqual([1]);
    expect(table.items.size).toBe(2);
    expect(queue.letters).toEqual([]);
  });

  it('is sent again when the queue refuses one letter of several', async () => {
    const { queue, invoke } = createSink();
    queue.refuses = (request, letter) => request === 0 && letter.sequence_number === sequenceNumber(1);
    expect(await invoke(kinesisEvent(['{', '[', '"'].map((text) => Buffer.from(text))))).toEqual([]);
    expect(queue.letters.map((letter) => letter.sequence_number)).toEqual([0, 2, 1].map(sequenceNumber));
  });

  it('fills as many requests as 10,000 letters need', async () => {
    const { queue, invoke } = createSink();
    expect(await invoke(kinesisEvent(Array.from({ length: 10_000 }, () => Buffer.from('{'))))).toEqual([]);
    expect(queue.letters).toHaveLength(10_000);
    expect(queue.requests).toBe(1_000);
  });
});

describe('repeats', () => {
  it('keeps the last of a record_id in a batch, with one write', async () => {
    const later = { ...metrics(0), campaign_metrics: { ...metrics(0).campaign_metrics, unique_users: 641 } };
    const { table, invoke } = createSink();
    expect(await invoke(kinesisEvent([metrics(0), metrics(1), later].map(json)))).toEqual([]);
    expect([...table.items.values()].map(resultOf)).toEqual([later, metrics(1)]);
    expect(table.requests).toBe(1);
  });

  it('does not change the table when a batch is delivered twice', async () => {
    const { table, invoke } = createSink();
    await invoke(kinesisEvent(VALID.map(json)));
    const before = new Map(table.items);
    await invoke(kinesisEvent(VALID.map(json)));
    expect(table.items).toEqual(before);
  });
});

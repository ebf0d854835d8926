import { FakeKinesis, serviceError } from '../test/fake-kinesis';
import { VirtualClock } from '../test/virtual-clock';
import { KinesisWriter } from './kinesis-writer';
import { ShardMap } from './shard-map';
import type { DeliveryFailure, UserRecord } from './types';
import type { KinesisWriterOptions } from './writer-options';

const MIB = 1024 * 1024;
const THROTTLED = 'ProvisionedThroughputExceededException';

let clock: VirtualClock;
let fake: FakeKinesis;
let failures: { record: UserRecord; failure: DeliveryFailure }[];

beforeEach(() => {
  clock = new VirtualClock();
  fake = new FakeKinesis(clock);
  failures = [];
});

afterEach(() => expect(fake.violations).toEqual([]));

function makeWriter(options: Partial<KinesisWriterOptions<UserRecord>> = {}): KinesisWriter {
  const onFailed = (record: UserRecord, failure: DeliveryFailure): void => void failures.push({ record, failure });
  return new KinesisWriter({ api: fake, streamName: 'stream', onFailed, clock, random: () => 0.5, ...options });
}

function putAll(writer: KinesisWriter, count: number, data: string | Uint8Array = 'x'): void {
  for (let i = 0; i < count; i += 1) void writer.put({ partitionKey: `k${i}`, data });
}

function requestedKeys(): (string | undefined)[][] {
  return fake.requests.map(({ entries }) => entries.map((entry) => entry.PartitionKey));
}

describe('batches', () => {
  it('hold up to 500 records', async () => {
    const writer = makeWriter();
    putAll(writer, 1_200);
    await clock.run(writer.close());
    expect(fake.requests.map(({ entries }) => entries.length)).toEqual([500, 500, 200]);
    expect(writer.stats()).toMatchObject({ put: 1_200, sent: 1_200, kinesisRecords: 1_200, requests: 3, retried: 0 });
  });

  it('hold up to 10 MiB, the keys included', async () => {
    const writer = makeWriter();
    // Two bytes of key: ten of these are exactly 10 MiB.
    putAll(writer, 10, Buffer.alloc(MIB - 2));
    putAll(writer, 10, Buffer.alloc(MIB - 1));
    await clock.run(writer.close());
    expect(fake.requests.map(({ entries }) => entries.length)).toEqual([10, 9, 1]);
  });

  it('wait for the linger time to fill, and not while a full one is ready', async () => {
    const writer = makeWriter({ lingerMs: 250 });
    putAll(writer, 3);
    await clock.run(clock.sleep(249));
    expect(fake.requests).toHaveLength(0);
    await clock.run(clock.sleep(2));
    expect(requestedKeys()).toEqual([['k0', 'k1', 'k2']]);
    putAll(writer, 500);
    await clock.run(clock.sleep(10));
    expect(fake.requests).toHaveLength(2);
    await clock.run(writer.close());
  });

  it('go out at once for a flush, aggregated or not', async () => {
    for (const aggregation of [undefined, { shards: await ShardMap.load(fake, 'stream') }]) {
      const writer = makeWriter({ lingerMs: 60_000, ...(aggregation && { aggregation }) });
      const before = clock.now();
      putAll(writer, 3);
      await clock.run(writer.flush());
      expect(clock.now() - before).toBeLessThan(1_000);
      expect(writer.stats()).toMatchObject({ sent: 3, buffered: 0 });
    }
  });

  it('go out at once when the buffer is full, for nothing more can come in', async () => {
    const writer = makeWriter({ lingerMs: 60_000, maxBufferedRecords: 2 });
    putAll(writer, 4);
    await clock.run(clock.sleep(100));
    expect(fake.stored).toHaveLength(2);
    await clock.run(writer.close());
  });
});

describe('put', () => {
  it('takes a record of 10 MiB with its key and reports one of a byte more', async () => {
    const writer = makeWriter();
    const fits = { partitionKey: 'ab', data: Buffer.alloc(10 * MIB - 2) };
    const tooLarge = { partitionKey: 'abc', data: Buffer.alloc(10 * MIB - 2) };
    await writer.put(fits);
    await writer.put(tooLarge);
    expect(failures).toEqual([
      {
        record: tooLarge,
        failure: expect.objectContaining({
          code: 'RecordTooLarge',
          attempts: 0,
          permanent: true,
          maybeDelivered: false,
        }),
      },
    ]);
    await clock.run(writer.close());
    expect(writer.stats()).toMatchObject({ put: 2, sent: 1, failed: 1, bytes: 10 * MIB });
  });

  it('waits while the buffer is full', async () => {
    const writer = makeWriter({ maxBufferedRecords: 2 });
    await writer.put({ partitionKey: 'a', data: '1' });
    await writer.put({ partitionKey: 'b', data: '2' });
    let admitted = false;
    const third = writer.put({ partitionKey: 'c', data: '3' }).then(() => (admitted = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(admitted).toBe(false);
    await clock.run(third);
    expect(fake.stored.length).toBeGreaterThanOrEqual(2);
    await clock.run(writer.close());
  });

  it('continues after the next request has left', async () => {
    const events: string[] = [];
    const writer = makeWriter({
      maxBufferedRecords: 2,
      maxRequestRecords: 1,
      api: {
        listShards: (input) => fake.listShards(input),
        putRecords: async (input, signal) => {
          // As the SDK does: it prepares the request in many steps, and writes it when the stack is empty.
          for (let step = 0; step < 100; step += 1) await Promise.resolve();
          await new Promise<void>((resolve) => process.nextTick(resolve));
          events.push('request');
          return fake.putRecords(input, signal);
        },
      },
    });
    for (const partitionKey of ['a', 'b']) await writer.put({ partitionKey, data: '1' });
    const waiting = writer.put({ partitionKey: 'c', data: '1' }).then(() => events.push('put'));
    await clock.run(waiting);
    expect(events).toEqual(['request', 'request', 'put']);
    await clock.run(writer.close());
  });

  it('is refused once the writer is closed', async () => {
    const writer = makeWriter();
    await clock.run(writer.close());
    await expect(writer.put({ partitionKey: 'a', data: '' })).rejects.toThrow('put was called after close');
    expect(writer.stats().put).toBe(0);
  });
});

describe('retries', () => {
  it('are of the failed entries only, in their order and before newer records', async () => {
    fake.entryVerdict = ({ PartitionKey: key }, request) =>
      request === 0 && (key === 'k1' || key === 'k3') ? 'InternalFailure' : undefined;
    const writer = makeWriter({ maxRequestRecords: 5 });
    putAll(writer, 5);
    await clock.run(clock.sleep(20));
    void writer.put({ partitionKey: 'newer', data: '' });
    await clock.run(clock.sleep(500));
    await clock.run(writer.close());
    expect(requestedKeys()).toEqual([
      ['k0', 'k1', 'k2', 'k3', 'k4'],
      ['k1', 'k3', 'newer'],
    ]);
    expect(writer.stats()).toMatchObject({ sent: 6, retried: 2, throttled: 0, failedRequests: 0 });
    expect(failures).toEqual([]);
  });

  it('wait longer from time to time, up to the cap, and end with a report', async () => {
    fake.requestVerdict = () => serviceError('InternalFailure', 500);
    fake.latencyMs = () => 0;
    const writer = makeWriter({ random: () => 0.5, maxAttempts: 8, backoff: { baseMs: 100, capMs: 1_000 } });
    await writer.put({ partitionKey: 'a', data: '' });
    await clock.run(writer.close());
    const times = fake.requests.map(({ time }) => time);
    expect(times.slice(1).map((time, i) => time - (times[i] as number))).toEqual([50, 100, 200, 400, 500, 500, 500]);
    expect(failures).toMatchObject([
      { failure: { code: 'InternalFailure', attempts: 8, permanent: false, maybeDelivered: true } },
    ]);
    expect(writer.stats()).toMatchObject({ sent: 0, failed: 1, retried: 7, requests: 8, failedRequests: 8 });
  });

  it('are not made where nothing is to be gained', async () => {
    fake.requestVerdict = () => serviceError('ResourceNotFoundException', 400);
    const writer = makeWriter();
    putAll(writer, 3);
    await clock.run(writer.close());
    expect(fake.requests).toHaveLength(1);
    expect(failures).toHaveLength(3);
    expect(failures[0]?.failure).toMatchObject({
      code: 'ResourceNotFoundException',
      permanent: true,
      maybeDelivered: false,
    });
  });

  it('find the one record that the service refuses as invalid', async () => {
    fake.requestVerdict = (entries) =>
      entries.some(({ PartitionKey: key }) => key === 'k7') ? serviceError('ValidationException', 400) : undefined;
    const writer = makeWriter();
    putAll(writer, 20);
    await clock.run(writer.close());
    expect(failures).toMatchObject([
      { record: { partitionKey: 'k7' }, failure: { code: 'ValidationException', permanent: true } },
    ]);
    expect(new Set(fake.stored.map(({ partitionKey }) => partitionKey)).size).toBe(19);
    expect(writer.stats()).toMatchObject({ sent: 19, failed: 1, requests: fake.requests.length });
  });
});

describe('under throttling', () => {
  it('the rate settles near what the stream takes, and nothing is lost', async () => {
    // A shard: 1,000 records per second, with the burst of one second.
    let tokens = 1_000;
    let filledAt = 0;
    fake.entryVerdict = () => {
      tokens = Math.min(1_000, tokens + (clock.now() - filledAt));
      filledAt = clock.now();
      if (tokens < 1) return THROTTLED;
      tokens -= 1;
      return undefined;
    };
    const writer = makeWriter();
    const produce = async (): Promise<void> => {
      for (let i = 0; i < 60_000; i += 1) await writer.put({ partitionKey: `k${i}`, data: 'x' });
      await writer.close();
    };
    await clock.run(produce());
    const { sent, failed, throttled, rateLimit } = writer.stats();
    expect({ sent, failed }).toEqual({ sent: 60_000, failed: 0 });
    expect(throttled).toBeGreaterThan(0);
    // Virtual time: 59 s is the least a perfect writer needs. Entries refused and sent again stay a small share.
    expect(clock.now()).toBeLessThan(80_000);
    expect(throttled).toBeLessThan(6_000);
    expect(rateLimit).toBeGreaterThan(500);
  });
});

describe('abort', () => {
  it('reports what waits, is in retry or is under way, and sends nothing more', async () => {
    fake.entryVerdict = ({ PartitionKey: key }) => (key === 'k0' ? THROTTLED : undefined);
    fake.latencyMs = (request) => (request === 0 ? 10 : 10_000);
    const writer = makeWriter({
      maxRequestRecords: 2,
      maxBufferedRecords: 4,
      backoff: { baseMs: 60_000, capMs: 60_000 },
    });
    const puts = Array.from({ length: 6 }, (_, i) => writer.put({ partitionKey: `k${i}`, data: '' }));
    // k0 waits for its retry, k1 is sent; k2 and k3 are under way, k4 is queued, k5 waits for room.
    await clock.run(clock.sleep(500));
    const requests = fake.requests.length;
    await clock.run(Promise.all([writer.abort(), ...puts]));
    expect(failures.map(({ record }) => record.partitionKey).sort()).toEqual(['k0', 'k2', 'k3', 'k4', 'k5']);
    expect(new Set(failures.map(({ failure }) => failure.code))).toEqual(new Set(['Aborted']));
    const uncertain = failures.filter(({ failure }) => failure.maybeDelivered);
    expect(uncertain.map(({ record }) => record.partitionKey)).toEqual(['k2', 'k3']);
    expect(clock.now()).toBeLessThan(1_000);
    expect(fake.requests).toHaveLength(requests);
    expect(writer.stats()).toMatchObject({ put: 6, sent: 1, failed: 5, buffered: 0 });
    await expect(writer.put({ partitionKey: 'late', data: '' })).rejects.toThrow('put was called after close');
  });

  it('reports the records of an open aggregated record', async () => {
    const writer = makeWriter({ aggregation: { shards: await ShardMap.load(fake, 'stream') }, lingerMs: 10_000 });
    putAll(writer, 3);
    await clock.run(writer.abort());
    expect(failures.map(({ record }) => record.partitionKey)).toEqual(['k0', 'k1', 'k2']);
    expect(fake.requests).toHaveLength(0);
  });

  it('ends a close that is under way', async () => {
    fake.requestVerdict = () => serviceError('InternalFailure', 500);
    const writer = makeWriter({ backoff: { baseMs: 60_000, capMs: 60_000 } });
    putAll(writer, 2);
    const closed = writer.close();
    await clock.run(clock.sleep(100));
    await clock.run(Promise.all([writer.abort(), closed]));
    expect(failures).toHaveLength(2);
  });
});

describe('the delivery handler', () => {
  it('is called with each record that the stream has acknowledged, by the very object, also after a retry', async () => {
    fake.entryVerdict = ({ PartitionKey: key }, request) =>
      request === 0 && key === 'k1' ? 'InternalFailure' : undefined;
    fake.requestVerdict = (entries) =>
      entries.some(({ PartitionKey: key }) => key === 'k3') ? serviceError('ValidationException', 400) : undefined;
    const delivered: UserRecord[] = [];
    const writer = makeWriter({ onDelivered: (record) => delivered.push(record) });
    const records = Array.from({ length: 5 }, (_, i) => ({ partitionKey: `k${i}`, data: 'x' }));
    for (const record of records) await writer.put(record);
    await clock.run(writer.close());
    expect(delivered).toHaveLength(4);
    expect(new Set(delivered)).toEqual(new Set(records.filter(({ partitionKey }) => partitionKey !== 'k3')));
    expect(failures.map(({ record }) => record)).toEqual([records[3]]);
  });
});

describe('the failure handler', () => {
  it('makes the writer fail when it throws, and is told of the others all the same', async () => {
    fake.requestVerdict = () => serviceError('ResourceNotFoundException', 400);
    const told: string[] = [];
    const writer = makeWriter({
      onFailed: ({ partitionKey }) => {
        told.push(partitionKey);
        throw new Error('disk full');
      },
    });
    putAll(writer, 3);
    await expect(clock.run(writer.flush())).rejects.toMatchObject({
      name: 'UnreportedFailureError',
      cause: new Error('disk full'),
    });
    expect(told).toEqual(['k0', 'k1', 'k2']);
    await expect(writer.put({ partitionKey: 'more', data: '' })).rejects.toThrow('disk full');
    await expect(clock.run(writer.close())).rejects.toThrow('disk full');
    expect(writer.stats()).toMatchObject({ put: 3, failed: 3, buffered: 0 });
  });

  it('may put the record again', async () => {
    fake.requestVerdict = (_, request) => (request === 0 ? serviceError('ResourceNotFoundException', 400) : undefined);
    const writer: KinesisWriter = makeWriter({ onFailed: (record) => void writer.put(record) });
    putAll(writer, 3);
    await clock.run(writer.flush());
    await clock.run(writer.close());
    expect(writer.stats()).toMatchObject({ put: 6, failed: 3, sent: 3 });
  });
});

describe('resharding', () => {
  it('is noticed with aggregation: nothing fails, and the records spread over the new shards', async () => {
    const shards = await ShardMap.load(fake, 'stream');
    const writer = makeWriter({ aggregation: { shards } });
    putAll(writer, 50);
    await clock.run(writer.flush());
    fake.reshard(4);
    for (let i = 0; i < 2; i += 1) {
      putAll(writer, 50);
      await clock.run(writer.flush());
    }
    await clock.run(writer.close());
    expect(writer.stats()).toMatchObject({ sent: 150, failed: 0, misrouted: 1, kinesisRecords: 6, shardMapErrors: 0 });
    expect(new Set(fake.stored.slice(2).map(({ shardId }) => shardId)).size).toBe(4);
  });
});

import { FakeKinesis } from '../test/fake-kinesis';
import { VirtualClock } from '../test/virtual-clock';
import { ShardMap } from './shard-map';
import type { UserRecord } from './types';
import { resolveOptions, type KinesisWriterOptions } from './writer-options';

const fake = new FakeKinesis(new VirtualClock());
const required = { api: fake, streamName: 'stream', onFailed: () => {} };
const rate = { minRate: 10, decreaseFactor: 0.7, growth: 0.4, decreaseIntervalMs: 500 };

it.each<[string, Partial<KinesisWriterOptions<UserRecord>>]>([
  ['streamName', { streamName: 'two words' }],
  ['streamName', { streamName: '' }],
  ['maxRequestRecords', { maxRequestRecords: 501 }],
  ['maxRequestRecords', { maxRequestRecords: 1.5 }],
  ['maxRequestBytes', { maxRequestBytes: 10 * 1024 * 1024 + 1 }],
  ['maxRecordBytes', { maxRecordBytes: 200, maxRequestBytes: 100 }],
  ['maxBufferedRecords', { maxBufferedRecords: 0 }],
  ['maxBufferedBytes', { maxBufferedBytes: NaN }],
  ['lingerMs', { lingerMs: -1 }],
  ['lingerMs', { lingerMs: Infinity }],
  ['maxInFlight', { maxInFlight: 0 }],
  ['maxAttempts', { maxAttempts: Infinity }],
  ['backoff.baseMs', { backoff: { baseMs: -1, capMs: 1 } }],
  ['backoff.capMs', { backoff: { baseMs: 1, capMs: Infinity } }],
  ['adaptiveRate.minRate', { adaptiveRate: { ...rate, minRate: 0 } }],
  ['adaptiveRate.decreaseFactor', { adaptiveRate: { ...rate, decreaseFactor: 1 } }],
  ['adaptiveRate.growth', { adaptiveRate: { ...rate, growth: 0 } }],
  ['adaptiveRate.decreaseIntervalMs', { adaptiveRate: { ...rate, decreaseIntervalMs: NaN } }],
])('names %s when it is out of its range (%#)', (name, options) => {
  expect(() => resolveOptions({ ...required, ...options })).toThrow(RangeError);
  expect(() => resolveOptions({ ...required, ...options })).toThrow(`kinesis-writer: ${name} `);
});

it('names the size of aggregated records too', async () => {
  const shards = await ShardMap.load(fake, 'stream');
  const options = { ...required, maxRecordBytes: 1_000, aggregation: { shards, maxBytes: 1_001 } };
  expect(() => resolveOptions(options)).toThrow('aggregation.maxBytes must be between 1 and 1000, not 1001');
});

it('fits the defaults to smaller limits', async () => {
  const shards = await ShardMap.load(fake, 'stream');
  expect(resolveOptions({ ...required, maxRequestBytes: 1_000, aggregation: { shards } })).toMatchObject({
    maxRecordBytes: 1_000,
    aggregation: { maxBytes: 1_000 },
  });
  expect(resolveOptions(required)).toMatchObject({
    maxRequestRecords: 500,
    maxRecordBytes: 10_485_760,
    maxAttempts: 10,
  });
});

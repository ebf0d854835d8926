import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import { FakeClock, fakeShard, numbersOf, shardRecords } from './fake-function';
import { type ShardPage, gatherBatches } from './gather-batches';
import { MAX_EVENT_BYTES, kinesisEvent } from './kinesis-event';

const never = new AbortController().signal;
const settings = { batchSize: 3, maximumBatchingWindowInSeconds: 0 };
const base = { settings, stop: never, drain: AbortSignal.abort() };

async function sizes(batches: AsyncIterable<ShardRecord[]>): Promise<number[]> {
  const found: number[] = [];
  for await (const batch of batches) found.push(batch.length);
  return found;
}

it('splits pages into batches; without a window, the rest of a page is a batch before the next read', async () => {
  const clock = new FakeClock();
  expect(await sizes(gatherBatches(fakeShard(shardRecords(9), [5, 4]), { ...base, clock }))).toEqual([3, 2, 3, 1]);
});

it('waits for more records during the window, which begins with the first record', async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const arrivals = shardRecords(5);
  const seen: (readonly [number, number[]])[] = [];
  const began = clock.now();
  // One record per read, 400 ms apart, then none.
  const read = async (): Promise<ShardPage> => {
    clock.time += 400;
    const next = arrivals.shift();
    return { records: next === undefined ? [] : [next], atEnd: true };
  };
  const window = { batchSize: 3, maximumBatchingWindowInSeconds: 2 };
  for await (const batch of gatherBatches({ read }, { settings: window, clock, stop: stop.signal, drain: never })) {
    seen.push([clock.now() - began, numbersOf(batch)]);
    if (seen.length === 2) stop.abort();
  }
  // The batch is full after the third read; the rest is sent 2 s after the fourth record.
  expect(seen).toEqual([
    [2_200, [0, 1, 2]],
    [expect.any(Number), [3, 4]],
  ]);
  const opened = 2_200 + 400;
  expect(seen[1]?.[0]).toBeGreaterThanOrEqual(opened + 2_000);
  expect(seen[1]?.[0]).toBeLessThan(opened + 2_000 + 1_000);
});

it('keeps an invocation within 6 MB', async () => {
  const large = shardRecords(20).map((record) => ({ ...record, data: Buffer.alloc(1_000_000) }));
  const source = { shardId: 'shardId-000000000000', streamArn: 'arn', region: 'us-east-1', roleArn: 'arn' };
  const options = { ...base, settings: { ...settings, batchSize: 10_000 }, clock: new FakeClock() };
  let records = 0;
  for await (const batch of gatherBatches(fakeShard(large), options)) {
    expect(Buffer.byteLength(JSON.stringify(kinesisEvent(batch, source)))).toBeLessThanOrEqual(MAX_EVENT_BYTES);
    records += batch.length;
    expect(records === 20 || batch.length === 4).toBe(true);
  }
  expect(records).toBe(20);
});

it('delivers a record alone that is larger than the limit of an invocation, and continues', async () => {
  const huge = shardRecords(2).map((record) => ({ ...record, data: Buffer.alloc(9_000_000) }));
  expect(await sizes(gatherBatches(fakeShard(huge), { ...base, clock: new FakeClock() }))).toEqual([1, 1]);
});

it('reads to the end when it is drained, through empty pages', async () => {
  const pages = [[], shardRecords(2), [], shardRecords(1)];
  const read = async (): Promise<ShardPage> => ({ records: pages.shift() ?? [], atEnd: pages.length === 0 });
  expect(await sizes(gatherBatches({ read }, { ...base, clock: new FakeClock() }))).toEqual([2, 1]);
});

it('does not read if it was already stopped', async () => {
  const read = jest.fn();
  expect(await sizes(gatherBatches({ read }, { ...base, stop: AbortSignal.abort(), clock: new FakeClock() }))).toEqual(
    [],
  );
  expect(read).not.toHaveBeenCalled();
});

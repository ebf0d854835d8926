import { FakeKinesis, serviceError } from '../test/fake-kinesis';
import { entry } from '../test/records';
import { VirtualClock } from '../test/virtual-clock';
import { sendBatch } from './send-batch';

let clock: VirtualClock;
let fake: FakeKinesis;
const { signal } = new AbortController();
beforeEach(() => {
  clock = new VirtualClock();
  fake = new FakeKinesis(clock);
});

function entries(count: number) {
  return Array.from({ length: count }, (_, i) => entry(`k${i}`));
}

function keys(list: readonly { entry: { partitionKey: string } }[]): string[] {
  return list.map((item) => item.entry.partitionKey);
}

it('sorts the entries by their answer', async () => {
  const codes = [undefined, 'ProvisionedThroughputExceededException', 'InternalFailure'];
  fake.entryVerdict = (_, _request, index) => codes[index];
  const outcome = await clock.run(sendBatch(fake, 'stream', entries(3), signal));
  expect(keys(outcome.delivered)).toEqual(['k0']);
  expect(keys(outcome.refused)).toEqual(['k1', 'k2']);
  expect(outcome.refused[1]).toMatchObject({ code: 'InternalFailure', message: 'refused by the fake' });
  expect(outcome).toMatchObject({ rejected: [], throttled: 1, requests: 1, failedRequests: 0 });
});

it('counts all entries of a throttled request', async () => {
  fake.requestVerdict = () => serviceError('ProvisionedThroughputExceededException', 400);
  const outcome = await clock.run(sendBatch(fake, 'stream', entries(3), signal));
  expect(outcome).toMatchObject({ delivered: [], rejected: [], throttled: 3, requests: 1, failedRequests: 1 });
  expect(outcome.refused.map((unsent) => unsent.entry.maybeDelivered)).toEqual([false, false, false]);
});

it('does not trust an answer for another number of records', async () => {
  const api = {
    ...fake,
    listShards: () => fake.listShards({}),
    putRecords: async () => ({ Records: [{}], $metadata: {} }),
  };
  const outcome = await sendBatch(api as never, 'stream', entries(2), signal);
  expect(outcome).toMatchObject({ delivered: [], failedRequests: 1 });
  expect(outcome.refused[0]).toMatchObject({
    code: 'MalformedResponse',
    message: 'PutRecords returned results for 1 of 2 records',
  });
  expect(outcome.refused.map((unsent) => unsent.entry.maybeDelivered)).toEqual([true, true]);
});

it('halves a batch that is refused as invalid until the bad records stand alone', async () => {
  const bad = new Set(['k3', 'k400']);
  fake.requestVerdict = (sent) =>
    sent.some(({ PartitionKey: key }) => bad.has(key as string)) ? serviceError('ValidationException', 400) : undefined;
  const outcome = await clock.run(sendBatch(fake, 'stream', entries(500), signal));
  expect(keys(outcome.rejected)).toEqual(['k3', 'k400']);
  expect(outcome.delivered).toHaveLength(498);
  expect(outcome.refused).toEqual([]);
  // Each bad record costs at most two requests a halving, and there are nine.
  expect(outcome.requests).toBeLessThanOrEqual(1 + 2 * 2 * 9);
  expect(outcome.requests).toBe(fake.requests.length);
});

it('stops halving once it is aborted', async () => {
  const controller = new AbortController();
  fake.requestVerdict = () => {
    controller.abort();
    return serviceError('ValidationException', 400);
  };
  const outcome = await clock.run(sendBatch(fake, 'stream', entries(8), controller.signal));
  expect(outcome.requests).toBe(1);
  expect(outcome.rejected).toHaveLength(8);
});

import { CommandError } from '@ad-analytics/command-line/errors';
import { FakeClock, shardRecords } from './fake-function';
import type { ShardPage } from './gather-batches';
import { patientSource } from './patient-source';
import type { ShardEvent } from './process-batch';

const PAGE: ShardPage = { records: shardRecords(2), atEnd: true };
const awsError = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(`${name} of a test`), { name, $metadata: { httpStatusCode } });

/** A source that fails with these errors before it responds. */
function failing(...errors: Error[]) {
  const clock = new FakeClock();
  const events: ShardEvent[] = [];
  const stop = new AbortController();
  const read = jest.fn(async () => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    return PAGE;
  });
  const options = { clock, random: () => 0.5, observe: (event: ShardEvent) => events.push(event), stop: stop.signal };
  return { clock, events, stop, read, source: patientSource({ read }, options) };
}

it.each([
  ['a throttled request', awsError('ProvisionedThroughputExceededException', 400)],
  ['a server error', awsError('InternalFailure', 500)],
  ['a broken connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
  ['half an answer', new SyntaxError('Unexpected end of JSON input')],
])('reads again after %s', async (_, error) => {
  const { source, events, clock } = failing(error, error);
  expect(await source.read()).toBe(PAGE);
  expect(events).toEqual(Array(2).fill({ type: 'unread', error: error.message }));
  expect(clock.waits).toEqual([50, 100]);
});

it.each([
  ['a stream that does not exist', awsError('ResourceNotFoundException', 400)],
  ['a shard that was closed', new CommandError('Shard s was closed', 3)],
])('ends with %s', async (_, error) => {
  const { source, read } = failing(error);
  await expect(source.read()).rejects.toBe(error);
  expect(read).toHaveBeenCalledTimes(1);
});

it('fails after very many consecutive errors, with the last of them', async () => {
  const { source, read } = failing(...Array.from({ length: 200 }, (_, n) => awsError(`Error${n}`, 500)));
  await expect(source.read()).rejects.toThrow('Error120 of a test');
  expect(read).toHaveBeenCalledTimes(121);
});

it('returns nothing when it is stopped while it waits', async () => {
  const { source, stop, clock } = failing(awsError('InternalFailure', 500), awsError('InternalFailure', 500));
  clock.wait = async () => stop.abort();
  expect(await source.read()).toEqual({ records: [], atEnd: false });
});

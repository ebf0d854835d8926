import { bufferedRecord } from '../test/records';
import { Backlog } from './backlog';
import type { BufferedRecord } from './entry';
import type { UserRecord } from './types';

let admitted: string[];
beforeEach(() => (admitted = []));

function makeBacklog(maxBufferedRecords: number, maxBufferedBytes = 1_000): Backlog<UserRecord> {
  return new Backlog({ maxBufferedRecords, maxBufferedBytes }, ({ partitionKey }) => void admitted.push(partitionKey));
}

/** @returns whether the promise is settled by now */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

it('admits up to both bounds, then in the order of arrival as room is made', async () => {
  const backlog = makeBacklog(2, 100);
  const first = bufferedRecord('a', 'x'.repeat(60));
  expect(backlog.enter(first)).toBeUndefined();
  const large = backlog.enter(bufferedRecord('b', 'x'.repeat(60))) as Promise<void>;
  // It would fit, but one is ahead of it.
  const small = backlog.enter(bufferedRecord('c')) as Promise<void>;
  expect(backlog).toMatchObject({ size: 3, full: true });
  expect(admitted).toEqual(['a']);
  backlog.settle(first);
  backlog.admitWaiters();
  await Promise.all([large, small]);
  expect(admitted).toEqual(['a', 'b', 'c']);
  expect(backlog).toMatchObject({ size: 2, full: false });
});

it('admits a record larger than the whole bound when it is empty', () => {
  expect(makeBacklog(2, 10).enter(bufferedRecord('a', 'x'.repeat(60)))).toBeUndefined();
});

it('ends a flush when all from before it are settled, whatever comes after', async () => {
  const backlog = makeBacklog(1);
  const before = bufferedRecord('a', 'x', backlog.currentEpoch);
  const waiting = bufferedRecord('b', 'x', backlog.currentEpoch);
  backlog.enter(before);
  void backlog.enter(waiting);
  const flushed = backlog.flush();
  expect(backlog.flushing).toBe(true);
  const after: BufferedRecord<UserRecord> = bufferedRecord('c', 'x', backlog.currentEpoch);
  void backlog.enter(after);
  backlog.settle(before);
  backlog.admitWaiters();
  expect(await isSettled(flushed)).toBe(false);
  backlog.settle(waiting);
  expect(await isSettled(flushed)).toBe(true);
  expect(backlog).toMatchObject({ size: 1, flushing: false });
});

it('ends a flush of nothing at once', async () => {
  expect(await isSettled(makeBacklog(1).flush())).toBe(true);
});

it('lets go of those that wait', async () => {
  const backlog = makeBacklog(1);
  backlog.enter(bufferedRecord('a'));
  const waiting = backlog.enter(bufferedRecord('b')) as Promise<void>;
  expect(backlog.dismissWaiters().map(({ partitionKey }) => partitionKey)).toEqual(['b']);
  await waiting;
  expect(admitted).toEqual(['a']);
  expect(backlog.size).toBe(1);
});

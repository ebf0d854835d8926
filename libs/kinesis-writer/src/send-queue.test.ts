import { entry } from '../test/records';
import type { Entry } from './entry';
import { SendQueue } from './send-queue';
import type { UserRecord } from './types';

const limits = { maxRequestRecords: 3, maxRequestBytes: 100, maxRecordBytes: 100 };
let queue: SendQueue<UserRecord>;
beforeEach(() => (queue = new SendQueue(limits)));

function keys(entries: readonly Entry<UserRecord>[]): string[] {
  return entries.map(({ partitionKey }) => partitionKey);
}

it('fills a batch by number', () => {
  for (const key of ['a', 'b', 'c', 'd']) queue.push(entry(key));
  expect(queue.fillsRequest).toBe(true);
  expect(keys(queue.takeBatch(Infinity))).toEqual(['a', 'b', 'c']);
  expect(queue.fillsRequest).toBe(false);
  expect(queue.takeBatch(Infinity)).toHaveLength(1);
  expect(queue.takeBatch(Infinity)).toEqual([]);
});

it('fills a batch by size, and takes at most as many as asked', () => {
  for (const key of ['a', 'b', 'c']) queue.push(entry(key, { text: 'x'.repeat(49) }));
  expect(queue.fillsRequest).toBe(true);
  expect(keys(queue.takeBatch(1))).toEqual(['a']);
  expect(queue.fillsRequest).toBe(true);
  expect(keys(queue.takeBatch(Infinity))).toEqual(['b', 'c']);
});

it('puts what failed in front, in its order', () => {
  const failed = [entry('a', { since: 1 }), entry('b', { since: 2 })];
  queue.push(entry('c', { since: 3 }));
  queue.retry(failed);
  expect(queue.oldest).toBe(1);
  expect(keys(queue.takeBatch(Infinity))).toEqual(['a', 'b', 'c']);
});

it('lets one entry of an order key out at a time', () => {
  const [first, second, third] = [1, 2, 3].map((since) => entry('a', { since, ordered: true })) as [
    Entry<UserRecord>,
    Entry<UserRecord>,
    Entry<UserRecord>,
  ];
  for (const one of [first, second, third, entry('b', { ordered: true })]) queue.push(one);
  expect(queue).toMatchObject({ length: 4, readyCount: 2 });
  expect(keys(queue.takeBatch(Infinity))).toEqual(['a', 'b']);
  queue.retry([first]);
  expect(queue.takeBatch(Infinity)).toEqual([first]);
  expect(queue.readyCount).toBe(0);
  queue.settle(first);
  expect(queue.takeBatch(Infinity)).toEqual([second]);
  queue.settle(second);
  queue.settle(third);
  // The key is free again.
  queue.push(first);
  expect(queue.readyCount).toBe(2);
});

it('gives everything out when drained', () => {
  for (const since of [1, 2]) queue.push(entry('a', { since, ordered: true }));
  queue.push(entry('b'));
  expect(keys(queue.drain()).sort()).toEqual(['a', 'a', 'b']);
  expect(queue).toMatchObject({ length: 0, readyCount: 0, fillsRequest: false, oldest: undefined });
});

import { entry } from '../test/records';
import { VirtualClock } from '../test/virtual-clock';
import { RetrySet } from './retry-set';

it('returns entries after their wait, and none after a drain', async () => {
  const clock = new VirtualClock();
  const retries = new RetrySet(clock);
  const ready: string[] = [];
  const hand = (entries: readonly { partitionKey: string }[]): void =>
    void ready.push(...entries.map((e) => e.partitionKey));
  retries.add([entry('late')], 200, hand);
  retries.add([entry('a'), entry('b')], 100, hand);
  await clock.run(clock.sleep(150));
  expect(ready).toEqual(['a', 'b']);
  expect(retries.drain().map(({ partitionKey }) => partitionKey)).toEqual(['late']);
  await clock.run(clock.sleep(500));
  expect(ready).toEqual(['a', 'b']);
  expect(retries.drain()).toEqual([]);
});

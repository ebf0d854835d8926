import { VirtualClock } from '../test/virtual-clock';
import type { ShardMap } from './shard-map';
import { ShardWatch } from './shard-watch';

it('reads the shards again when an entry lands elsewhere, not too often, and counts what fails', async () => {
  const clock = new VirtualClock();
  const refresh = jest.fn<Promise<void>, []>().mockRejectedValueOnce(new Error('denied')).mockResolvedValue();
  const watch = new ShardWatch({ refresh } as unknown as ShardMap, clock);
  watch.observe('a', 'a');
  watch.observe(undefined, 'a');
  watch.observe('a', undefined);
  expect(refresh).not.toHaveBeenCalled();
  watch.observe('a', 'b');
  watch.observe('a', 'b');
  await clock.run(clock.sleep(4_000));
  watch.observe('a', 'b');
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(watch).toMatchObject({ misrouted: 3, errors: 1 });
  await clock.run(clock.sleep(1_000));
  watch.observe('a', 'b');
  await clock.run(clock.sleep(1));
  expect(refresh).toHaveBeenCalledTimes(2);
  expect(watch.errors).toBe(1);
});

import { VirtualClock } from '../test/virtual-clock';
import { Wake } from './wake';

it('goes off once, at the earliest time asked for', async () => {
  const clock = new VirtualClock();
  const times: number[] = [];
  const wake = new Wake(clock, () => times.push(clock.now()));
  wake.at(300);
  wake.at(100);
  wake.at(200);
  await clock.run(clock.sleep(1_000));
  expect(times).toEqual([100]);
  wake.at(500); // Already past.
  await clock.run(clock.sleep(1));
  expect(times).toEqual([100, 1_000]);
  wake.at(2_000);
  wake.cancel();
  await clock.run(clock.sleep(5_000));
  expect(times).toHaveLength(2);
});

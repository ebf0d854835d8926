import { clickDelay } from '../click-delay';
import { FEW_MINUTES, type Scenario, SOON } from './scenario';

/**
 * An office behind one address: 12 to 18 people with desktop computers, some 50 ads and one or two clicks a minute.
 * Many users on an ip, but not more than 20; clicks and impressions far from the limits.
 */
export const officeNat: Scenario = {
  name: 'office_nat',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act(actor) {
    const { random } = actor;
    const ip = actor.newAddress();
    const { country } = actor.newUser();
    const people = random.integer(12, 18);
    for (let i = 0; i < people; i += 1) {
      const visitor = actor.newUser({ ip, country });
      actor.repeat(
        () => random.between(10, 30),
        () => {
          const impression = actor.view(visitor);
          const delay = clickDelay(random, actor.world.settings.clickDelay);
          if (random.chance(0.03)) actor.after(delay, () => actor.click(visitor, impression));
        },
      );
    }
  },
};

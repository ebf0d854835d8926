import { clickDelay } from '../click-delay';
import { FEW_MINUTES, type Scenario, SOON } from './scenario';
import { shareAddress } from './shared-address';

/**
 * An office behind one address: 12 to 18 people with desktop computers, some 50 ads and one or two clicks a minute.
 * Many users on an ip, but not more than 20; clicks and impressions far from the limits.
 */
export const officeNat: Scenario = {
  name: 'office_nat',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act: (actor) =>
    shareAddress(actor, {
      people: [12, 18],
      pauseSeconds: [10, 30],
      clickShare: 0.03,
      clickDelay: () => clickDelay(actor.random, actor.world.settings.clickDelay),
    }),
};

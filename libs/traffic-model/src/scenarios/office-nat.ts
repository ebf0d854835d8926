import { clickDelay } from '../click-delay';
import { FEW_MINUTES, type Scenario, SOON } from './scenario';
import { shareAddress } from './shared-address';

/**
 * An office behind one address: 12 to 18 people with desktop computers, about 50 ads and one or two clicks per minute. There are many users
 * on the ip, but at most 20; clicks and impressions are far below the limits.
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

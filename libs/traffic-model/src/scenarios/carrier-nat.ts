import { clickDelay } from '../click-delay';
import { BROWSERS } from '../user-agents';
import { FEW_MINUTES, type Scenario, SOON } from './scenario';
import { shareAddress } from './shared-address';

/**
 * Telephones that share an address of their carrier: 17 to 20 users at a time, all on the mobile browsers, together
 * about 130 ads and 3 clicks a minute. The busiest honest address there is in this model, near the limits of users and
 * of impressions per ip.
 */
export const carrierNat: Scenario = {
  name: 'carrier_nat',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act: (actor) =>
    shareAddress(actor, {
      people: [17, 20],
      pauseSeconds: [5, 12],
      clickShare: 0.025,
      clickDelay: () => clickDelay(actor.random, actor.world.settings.clickDelay),
      traits: () => ({ deviceType: 'mobile', userAgent: actor.random.pick(BROWSERS.mobile) }),
    }),
};

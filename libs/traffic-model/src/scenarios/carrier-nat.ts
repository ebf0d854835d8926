import { clickDelay } from '../click-delay';
import { phoneUserAgent } from '../population';
import { BROWSERS } from '../user-agents';
import { FEW_MINUTES, type Scenario, SOON } from './scenario';
import { shareAddress } from './shared-address';

/**
 * Phones that share an address of their carrier: 17 to 20 users at a time, in mobile browsers or apps, with about 130 ads and 3 clicks a
 * minute together. This is the busiest valid address of the model, near the limits of users and of impressions per ip.
 */
export const carrierNat: Scenario = {
  name: 'carrier_nat',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act: (actor) => {
    let people = 0;
    shareAddress(actor, {
      people: [17, 20],
      pauseSeconds: [5, 12],
      clickShare: 0.025,
      clickDelay: () => clickDelay(actor.random, actor.world.settings.clickDelay),
      traits: () => {
        people += 1;
        // A separate random stream, so that the share of the apps does not change other draws.
        return {
          deviceType: 'mobile',
          userAgent: phoneUserAgent(actor.random.child(people), actor.random.pick(BROWSERS.mobile)),
        };
      },
    });
  },
};

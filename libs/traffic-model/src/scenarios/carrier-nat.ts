import { clickDelay } from '../click-delay';
import { BROWSERS } from '../user-agents';
import { FEW_MINUTES, type Scenario, SOON } from './scenario';

/**
 * Telephones that share an address of their carrier: 17 to 20 users at a time, all on the mobile browsers, together
 * about 130 ads and 3 clicks a minute. The busiest honest address there is in this model, near the limits of users and
 * of impressions per ip.
 */
export const carrierNat: Scenario = {
  name: 'carrier_nat',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act(actor) {
    const { random } = actor;
    const ip = actor.newAddress();
    const { country } = actor.newUser();
    const telephones = random.integer(17, 20);
    for (let i = 0; i < telephones; i += 1) {
      const visitor = actor.newUser({ ip, country, deviceType: 'mobile', userAgent: random.pick(BROWSERS.mobile) });
      actor.repeat(
        () => random.between(5, 12),
        () => {
          const impression = actor.view(visitor);
          const delay = clickDelay(random, actor.world.settings.clickDelay);
          if (random.chance(0.025)) actor.after(delay, () => actor.click(visitor, impression));
        },
      );
    }
  },
};

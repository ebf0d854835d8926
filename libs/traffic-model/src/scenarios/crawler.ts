import { CRAWLERS } from '../user-agents';
import { FEW_MINUTES, type Scenario, SOON } from './scenario';

/**
 * A crawler that identifies itself and loads every ad of the pages that it reads. It is on the list of bots, and above the limits of
 * impressions per ip and user (360 to 480 a minute). It sometimes follows a link.
 */
export const crawler: Scenario = {
  name: 'crawler',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act(actor) {
    const { random } = actor;
    const visitor = actor.newUser({
      ip: actor.newAddress(),
      deviceType: 'desktop',
      userAgent: random.pick(CRAWLERS),
    });
    const gap = random.between(1 / 8, 1 / 6);
    actor.repeat(
      () => gap * random.between(0.8, 1.2),
      () => {
        const impression = actor.view(visitor);
        if (random.chance(0.01)) actor.after(random.between(0.5, 2), () => actor.click(visitor, impression));
      },
    );
  },
};

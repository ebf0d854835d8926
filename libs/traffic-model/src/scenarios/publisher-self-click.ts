import type { Actor } from './actor';
import type { Scenario } from './scenario';

/** Impressions a minute of the publishers that are small enough to be moved and large enough to be judged. */
const WANTED_PER_MINUTE = 150;
const HELPERS = 4;
/** Ads hidden in a pixel, which such publishers count too. */
const HIDDEN_SHARE = 0.3;

/** @returns the publisher whose ordinary traffic is nearest to what is wanted */
function chosenPublisher({ world }: Actor): string {
  const { publishers } = world.catalogue;
  const distance = (share: number) => Math.abs(Math.log((share * world.settings.rate * 60) / WANTED_PER_MINUTE));
  const distances = publishers.shares.map(distance);
  return publishers.items[distances.indexOf(Math.min(...distances))] as string;
}

/**
 * A publisher with a few helpers who click the ads on its own pages: no one of them often enough to be seen by clicks
 * a minute, but each with a click-through rate of about 0.8, and the publisher's own several times what it was. Some
 * of the ads are hidden in one pixel. It starts later than the others, for the publisher must have a past to differ
 * from: `publisher_ctr_anomaly` gives no verdict before six windows of a minute.
 */
export const publisherSelfClick: Scenario = {
  name: 'publisher_self_click',
  firstAfterSeconds: [420, 480],
  activeSeconds: [240, 480],
  act(actor) {
    const { random, world } = actor;
    const publisherId = chosenPublisher(actor);
    for (let i = 0; i < HELPERS; i += 1) {
      const visitor = actor.newUser({ ip: actor.newAddress() });
      actor.repeat(
        () => random.between(8, 14),
        () => {
          const placement = world.catalogue.place(random, { publisherId });
          const hidden = random.chance(HIDDEN_SHARE);
          const ad = hidden ? { ...placement.ad, width: 1, height: 1 } : placement.ad;
          const impression = actor.view(visitor, { ...placement, ad });
          const delay = random.between(1, 6);
          if (random.chance(0.8)) actor.after(delay, () => actor.click(visitor, impression));
        },
      );
    }
  },
};

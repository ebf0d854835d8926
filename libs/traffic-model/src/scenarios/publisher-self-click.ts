import type { Actor } from './actor';
import type { Scenario } from './scenario';

/** Impressions per minute of suitable publishers: few enough that the attack changes their rate, and enough for the rule. */
const WANTED_PER_MINUTE = 150;
const HELPERS = 4;
/** Share of ads hidden in one pixel, for which such publishers are also paid. */
const HIDDEN_SHARE = 0.3;

/** @returns the publisher whose ordinary traffic is nearest to the wanted rate */
function chosenPublisher({ world }: Actor): string {
  const { publishers } = world.catalogue;
  const distance = (share: number) => Math.abs(Math.log((share * world.settings.rate * 60) / WANTED_PER_MINUTE));
  const distances = publishers.shares.map(distance);
  return publishers.items[distances.indexOf(Math.min(...distances))] as string;
}

/**
 * A publisher with a few helpers who click the ads on its pages. No helper exceeds the limit of clicks per minute, but each has a
 * click-through rate of about 0.8, and the publisher's rate rises to several times its usual value. Some of the ads are hidden in one
 * pixel. The attack starts later than the others, because the publisher needs a history: `publisher_ctr_anomaly` needs six windows of a
 * minute.
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

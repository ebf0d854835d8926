import type { Campaign } from '../catalogue';
import { clickDelay } from '../click-delay';
import type { Scenario } from './scenario';

/** Maximum rate of the sale, relative to the ordinary rate. */
const SURGE = 0.2;
const CLICK_FACTOR = 2;
const RISE_SECONDS = 20;

/**
 * A sale of one campaign: within seconds, many ordinary visitors see its ads and click them, with twice the usual click-through rate.
 * Clicks surge, but each comes from another person and address, on all publishers equally.
 */
export const flashSale: Scenario = {
  name: 'flash_sale',
  firstAfterSeconds: [10, 40],
  activeSeconds: [90, 180],
  act(actor) {
    const { random, world } = actor;
    const { rate } = world.settings;
    const { population, catalogue, timeline } = world;
    // A campaign with a high click-through rate: for others, a sale would hardly be visible.
    const liked = ({ clickThroughRate }: Campaign) => clickThroughRate >= 0.99 * catalogue.meanClickThroughRate;
    const campaign = random.pick(catalogue.campaigns.items.filter(liked));
    const startedAt = timeline.now;
    const gap = () => {
      const age = (timeline.now - startedAt) / 1_000;
      return random.exponential(1 / (rate * SURGE * Math.min(1, (age + 1) / RISE_SECONDS)));
    };
    actor.repeat(gap, () => {
      const visitor = population.pick(random);
      const impression = actor.view(visitor, catalogue.place(random, { campaign }));
      const delay = clickDelay(random, world.settings.clickDelay);
      if (random.chance(Math.min(1, campaign.clickThroughRate * CLICK_FACTOR)))
        actor.after(delay, () => actor.click(visitor, impression));
    });
  },
};

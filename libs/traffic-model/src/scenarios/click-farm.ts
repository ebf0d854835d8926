import { FEW_MINUTES, type Scenario, SOON } from './scenario';
import { shareAddress } from './shared-address';

/**
 * A room of phones behind one address, each used at human speed: 25 to 40 users on one ip. No single user clicks often, but together they
 * are far above the limit of clicks per ip.
 */
export const clickFarm: Scenario = {
  name: 'click_farm',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act: (actor) =>
    shareAddress(actor, {
      people: [25, 40],
      pauseSeconds: [10, 20],
      clickShare: 0.6,
      clickDelay: () => actor.random.logNormal(4, 0.5),
    }),
};

import { FEW_MINUTES, type Scenario, SOON } from './scenario';
import { shareAddress } from './shared-address';

/**
 * A room of telephones behind one address, each tapped at a human's pace: 25 to 40 users on one ip, none of them
 * clicking often, together far over the limit of clicks per ip.
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

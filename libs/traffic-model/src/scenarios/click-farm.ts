import { FEW_MINUTES, type Scenario, SOON } from './scenario';

/**
 * A room of telephones behind one address, each tapped at a human's pace: 25 to 40 users on one ip, none of them
 * clicking often, together far over the limit of clicks per ip.
 */
export const clickFarm: Scenario = {
  name: 'click_farm',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act(actor) {
    const { random } = actor;
    const ip = actor.newAddress();
    const { country } = actor.newUser();
    const telephones = random.integer(25, 40);
    for (let i = 0; i < telephones; i += 1) {
      const visitor = actor.newUser({ ip, country });
      actor.repeat(
        () => random.between(10, 20),
        () => {
          const impression = actor.view(visitor);
          const delay = random.logNormal(4, 0.5);
          if (random.chance(0.6)) actor.after(delay, () => actor.click(visitor, impression));
        },
      );
    }
  },
};

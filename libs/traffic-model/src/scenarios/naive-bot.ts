import { FEW_MINUTES, type Scenario, SOON } from './scenario';

/**
 * A script that loads an ad and clicks it immediately, at regular intervals. It violates the limits of clicks per ip and per user (15 to 30
 * a minute), of the click-through rate (1), of the time to click, and of the regularity (gaps within 2 %).
 */
export const naiveBot: Scenario = {
  name: 'naive_bot',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act(actor) {
    const { random } = actor;
    const visitor = actor.newUser({ ip: actor.newAddress() });
    const period = random.between(2, 4);
    actor.repeat(
      () => period * random.between(0.98, 1.02),
      () => {
        const impression = actor.view(visitor);
        actor.after(random.between(0.1, 0.12), () => actor.click(visitor, impression));
      },
    );
  },
};

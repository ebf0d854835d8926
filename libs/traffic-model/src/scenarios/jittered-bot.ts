import { FEW_MINUTES, type Scenario, SOON } from './scenario';

/**
 * A bot that hides its timer: irregular gaps, a human reaction time, and not every ad is clicked. It is still above the limits of clicks
 * per ip and user (about 18 a minute) and of the click-through rate (0.8).
 */
export const jitteredBot: Scenario = {
  name: 'jittered_bot',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act(actor) {
    const { random } = actor;
    const visitor = actor.newUser({ ip: actor.newAddress() });
    actor.repeat(
      () => random.logNormal(2.3, 0.5),
      () => {
        const impression = actor.view(visitor);
        const delay = random.between(0.7, 3);
        if (random.chance(0.8)) actor.after(delay, () => actor.click(visitor, impression));
      },
    );
  },
};

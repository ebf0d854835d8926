import { type Scenario, SOON } from './scenario';

/**
 * A person who double-clicks: two clicks within half a second on each interesting ad, which is every 6th to 9th. The second click is
 * invalid (`duplicate_click`), but the person is not a fraudster: few clicks per minute, and even with both clicks at most half as many as
 * impressions.
 */
export const doubleClicker: Scenario = {
  name: 'double_clicker',
  firstAfterSeconds: SOON,
  activeSeconds: [300, 480],
  act(actor) {
    const { random } = actor;
    const visitor = actor.newUser({ ip: actor.newAddress() });
    // Determined by a counter instead of a random draw: ten impressions with four random clicks would be above the limit.
    let until = random.integer(6, 9);
    actor.repeat(
      () => random.between(5, 15),
      () => {
        const impression = actor.view(visitor);
        until -= 1;
        if (until > 0) return;
        until = random.integer(6, 9);
        const first = random.between(1.5, 4);
        actor.after(first, () => actor.click(visitor, impression));
        actor.after(first + random.between(0.15, 0.5), () => actor.click(visitor, impression));
      },
    );
  },
};

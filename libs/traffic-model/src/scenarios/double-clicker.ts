import { type Scenario, SOON } from './scenario';

/**
 * Somebody who double-clicks everything: two clicks within half a second on each ad of interest, which is every 6th to
 * 9th. The second is not valid (`duplicate_click`), but the person is not a fraudster: few clicks a minute, and even with
 * both counted never more than half as many as impressions.
 */
export const doubleClicker: Scenario = {
  name: 'double_clicker',
  firstAfterSeconds: SOON,
  activeSeconds: [300, 480],
  act(actor) {
    const { random } = actor;
    const visitor = actor.newUser({ ip: actor.newAddress() });
    // By count, not by chance: ten impressions with four clicks on them by chance would be over the limit.
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

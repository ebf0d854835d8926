import { FEW_MINUTES, type Scenario, SOON } from './scenario';

/**
 * One device behind a pool of proxies: the address changes after every few clicks, so that no ip has many clicks; the user is above the
 * limit (about 20 a minute).
 */
export const rotatingAddresses: Scenario = {
  name: 'rotating_addresses',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act(actor) {
    const { random } = actor;
    const device = actor.newUser();
    let visitor = { ...device, ip: actor.newAddress() };
    let left = random.integer(2, 5);
    actor.repeat(
      () => random.between(1.5, 3.5),
      () => {
        if (left === 0) {
          visitor = { ...device, ip: actor.newAddress() };
          left = random.integer(2, 5);
        }
        left -= 1;
        const proxied = visitor;
        const impression = actor.view(proxied);
        const delay = random.between(0.6, 2);
        if (random.chance(0.85)) actor.after(delay, () => actor.click(proxied, impression));
      },
    );
  },
};

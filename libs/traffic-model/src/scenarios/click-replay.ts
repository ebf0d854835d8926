import type { Impression } from '@ad-analytics/event-schemas';
import { FEW_MINUTES, type Scenario, SOON } from './scenario';

/**
 * Captured click requests that are repeatedly sent with new click ids: some on the original impression (second and later clicks on it),
 * some on impressions that do not exist (more than 5 unattributed clicks of the ip in
 * 60 s).
 */
export const clickReplay: Scenario = {
  name: 'click_replay',
  firstAfterSeconds: SOON,
  activeSeconds: FEW_MINUTES,
  act(actor) {
    const { random } = actor;
    const visitor = actor.newUser({ ip: actor.newAddress() });
    const captured: Impression[] = [actor.view(visitor), actor.view(visitor)];
    actor.repeat(
      () => random.between(1.5, 3.5),
      () => {
        const impression = random.pick(captured);
        const forged = random.chance(0.5);
        actor.click(visitor, forged ? { ...impression, impression_id: random.uuid() } : impression);
      },
    );
  },
};

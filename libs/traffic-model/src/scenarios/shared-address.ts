import type { Visitor } from '../population';
import type { Actor } from './actor';

/** How the people behind one address behave; each of them by itself. */
export interface SharedAddress {
  /** How many there are, drawn between the two. */
  readonly people: readonly [number, number];
  /** Seconds from one ad to the next of a person, drawn between the two each time. */
  readonly pauseSeconds: readonly [number, number];
  /** Share of the ads that are clicked. */
  readonly clickShare: number;
  /** @returns seconds from an ad to the click on it */
  readonly clickDelay: () => number;
  /** @returns what a person is like besides address and country; drawn for each */
  readonly traits?: () => Partial<Visitor>;
}

/** Users behind one address and in one country see ads, and click some of them, until the actor's end. */
export function shareAddress(
  actor: Actor,
  { people, pauseSeconds, clickShare, clickDelay, traits = () => ({}) }: SharedAddress,
): void {
  const { random } = actor;
  const ip = actor.newAddress();
  const { country } = actor.newUser();
  const count = random.integer(...people);
  for (let i = 0; i < count; i += 1) {
    const visitor = actor.newUser({ ip, country, ...traits() });
    actor.repeat(
      () => random.between(...pauseSeconds),
      () => {
        const impression = actor.view(visitor);
        const delay = clickDelay();
        if (random.chance(clickShare)) actor.after(delay, () => actor.click(visitor, impression));
      },
    );
  }
}

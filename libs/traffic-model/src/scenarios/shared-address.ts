import type { Visitor } from '../population';
import type { Actor } from './actor';

/** Behaviour of the people behind one address; each acts independently. */
export interface SharedAddress {
  /** Range of their number. */
  readonly people: readonly [number, number];
  /** Range of the seconds between two ads of a person, drawn every time. */
  readonly pauseSeconds: readonly [number, number];
  /** Share of the ads that are clicked. */
  readonly clickShare: number;
  /** @returns seconds between an ad and its click */
  readonly clickDelay: () => number;
  /** @returns traits of a person besides address and country; drawn for each person */
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

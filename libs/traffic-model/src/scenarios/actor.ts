import type { Impression } from '@ad-analytics/event-schemas';
import type { Placement } from '../catalogue';
import type { Cause } from '../label';
import type { Visitor } from '../population';
import type { RandomStream } from '../random-stream';
import type { World } from '../world';

/** Provides visitors and addresses that no other actor has. */
export interface Reserve {
  user(): Visitor;
  address(): string;
}

/** One actor of a scenario: its random stream, users and addresses, and the end of its activity. */
export class Actor {
  /**
   * @param endsAt milliseconds since the start; the actor is inactive afterwards
   */
  constructor(
    readonly world: World,
    readonly cause: Cause,
    readonly random: RandomStream,
    readonly endsAt: number,
    private readonly reserve: Reserve,
  ) {}

  /** @returns a user that occurs in no other traffic, with these traits @param traits override the user's own */
  newUser(traits: Partial<Visitor> = {}): Visitor {
    return { ...this.reserve.user(), ...traits };
  }

  /** @returns an address that occurs in no other traffic */
  newAddress(): string {
    return this.reserve.address();
  }

  /** Sees an ad now. @param placement of the ad; random by default */
  view(visitor: Visitor, placement: Placement = this.world.catalogue.place(this.random)): Impression {
    return this.world.view(visitor, placement, this.random, this.cause);
  }

  /** Clicks now. */
  click(visitor: Visitor, impression: Impression): void {
    this.world.click(visitor, impression, this.random, this.cause);
  }

  /** @param seconds from now @param action is skipped if the actor has ended by then */
  after(seconds: number, action: () => void): void {
    const at = this.world.timeline.now + seconds * 1_000;
    if (at < this.endsAt) this.world.timeline.schedule(at, action);
  }

  /**
   * Repeats an action until the actor's end.
   * @param gap seconds before each action, drawn every time; divided by `attackPace` for attackers
   */
  repeat(gap: () => number, action: () => void): void {
    const pace = this.cause.attack === null ? 1 : this.world.settings.attackPace;
    this.after(gap() / pace, () => {
      action();
      this.repeat(gap, action);
    });
  }
}

import type { Attack, HardNegative } from '../label';
import type { Actor } from './actor';

/** A kind of actor, and its behaviour. */
export interface Scenario {
  readonly name: Attack | HardNegative;
  /** Range of the start of the first actors, in seconds after the start of the run. */
  readonly firstAfterSeconds: readonly [number, number];
  /** Range of an actor's active time, in seconds. */
  readonly activeSeconds: readonly [number, number];
  /** Schedules the actions of the actor, from now to its end. */
  readonly act: (actor: Actor) => void;
}

/** Soon, so that a short demonstration includes every kind. */
export const SOON = [3, 20] as const;
export const FEW_MINUTES = [120, 300] as const;

import type { Attack, HardNegative } from '../label';
import type { Actor } from './actor';

/** A kind of actor, and what one of them does from its first to its last moment. */
export interface Scenario {
  readonly name: Attack | HardNegative;
  /** When the first actors appear, seconds after the start, drawn between the two. */
  readonly firstAfterSeconds: readonly [number, number];
  /** How long an actor is active, seconds, drawn between the two. */
  readonly activeSeconds: readonly [number, number];
  /** Schedules what the actor does, from now to its end. */
  readonly act: (actor: Actor) => void;
}

/** Soon, so that a short demonstration has seen every kind. */
export const SOON = [3, 20] as const;
export const FEW_MINUTES = [120, 300] as const;

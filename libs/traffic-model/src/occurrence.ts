import type { Click, Impression } from '@ad-analytics/event-schemas';
import type { Cause } from './label';

/** An event when it happens, before anything befalls it on the way. */
export type Occurrence = {
  /** Whole milliseconds since the start. */
  readonly at: number;
  readonly cause: Cause;
} & (
  | { readonly kind: 'impression'; readonly event: Impression }
  /** `orphan`: its impression does not exist, by the wish of `shares.orphanClick`. */
  | { readonly kind: 'click'; readonly event: Click; readonly orphan: boolean }
);

/** @returns the id by which the contract knows the event */
export function eventId(occurrence: Occurrence): string {
  return occurrence.kind === 'click' ? occurrence.event.click_id : occurrence.event.impression_id;
}

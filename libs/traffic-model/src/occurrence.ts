import type { Click, Impression } from '@ad-analytics/event-schemas';
import type { Cause } from './label';

/** An event when it happens, before its transport. */
export type Occurrence = {
  /** Whole milliseconds since the start. */
  readonly at: number;
  readonly cause: Cause;
} & (
  | { readonly kind: 'impression'; readonly event: Impression }
  /** `orphan`: its impression does not exist, because of `shares.orphanClick`. */
  | { readonly kind: 'click'; readonly event: Click; readonly orphan: boolean }
);

/** @returns the id of the event in the contract */
export function eventId(occurrence: Occurrence): string {
  return occurrence.kind === 'click' ? occurrence.event.click_id : occurrence.event.impression_id;
}

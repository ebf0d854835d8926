import { type ResultRecord, parseEventTime } from '@ad-analytics/event-schemas';
import type { Span, Timed } from './growth';

/** Latencies of the attributed clicks of a run: from the time of the click to the arrival of its result. */
export class ClickLatencies {
  private readonly seen = new Set<string>();
  readonly values: Timed[] = [];

  /** @param record a result; if it comes again, its first arrival counts @param arrivalMs milliseconds since the epoch */
  add(record: ResultRecord, arrivalMs: number): void {
    if (record.record_type !== 'attributed_click' || this.seen.has(record.record_id)) return;
    this.seen.add(record.record_id);
    const at = parseEventTime(record.event_time);
    this.values.push({ at, value: arrivalMs - at });
  }

  /** @returns milliseconds of the clicks of a span */
  within({ from, to }: Span): number[] {
    return this.values.filter(({ at }) => at >= from && at < to).map(({ value }) => value);
  }
}

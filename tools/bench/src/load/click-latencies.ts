import { type ResultRecord, parseEventTime } from '@ad-analytics/event-schemas';
import { type Percentiles, percentilesOf } from '../percentiles';
import type { Span, Timed } from './growth';

const MS_PER_MINUTE = 60_000;

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

  /**
   * @param span a minute at its end that is not complete does not count
   * @returns a percentile of the clicks of each minute of a span, in milliseconds, at the start of the minute; without the minutes that have no click
   */
  perMinute({ from, to }: Span, percentile: Exclude<keyof Percentiles, 'count'>): Timed[] {
    const minutes = Math.floor((to - from) / MS_PER_MINUTE);
    return Array.from({ length: minutes }, (_, minute) => from + minute * MS_PER_MINUTE).flatMap((at) => {
      const found = percentilesOf(this.within({ from: at, to: at + MS_PER_MINUTE }));
      return found === undefined ? [] : [{ at, value: found[percentile] }];
    });
  }
}

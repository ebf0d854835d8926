import { formatEventTime, parseEventTime, type RecordType, type ResultRecord } from '@ad-analytics/event-schemas';
import type { FoundResult, ResultPage, ResultSeries, ResultsReader, TimeRange, TypeOfSeries } from './results-reader';

/** @returns the time by which a result is found, as defined by {@link ResultsReader} */
export function foundBy(record: ResultRecord): number {
  switch (record.record_type) {
    case 'campaign_metrics':
      return parseEventTime(record.campaign_metrics.window_start);
    case 'attribution_metrics':
      return parseEventTime(record.attribution_metrics.window_start);
    case 'user_engagement':
      return parseEventTime(record.user_engagement.window_start);
    case 'late_event':
      return parseEventTime(record.event_time) + record.late_event.lateness_ms;
    default:
      return parseEventTime(record.event_time);
  }
}

function seriesOf(record: ResultRecord): ResultSeries {
  return record.record_type === 'campaign_metrics'
    ? `campaign_metrics/${record.campaign_metrics.dimension}`
    : record.record_type;
}

/** A stored result. */
interface Kept {
  readonly time: number;
  readonly payload: { readonly score?: number };
}

/** Results in memory, upserted by their id as the table does: those of a finished run, and for tests. */
export class InMemoryResults implements ResultsReader {
  private readonly bySeries = new Map<ResultSeries, Map<string, Kept>>();
  /** Results by time, for each series that was read since its last change. */
  private readonly sorted = new Map<ResultSeries, readonly Kept[]>();
  /** If set, every read fails with this error. */
  failure: Error | undefined;

  /** @param records to add; each replaces the record with the same id */
  put(...records: readonly ResultRecord[]): void {
    for (const record of records) {
      const name = seriesOf(record);
      const series = this.bySeries.get(name) ?? new Map<string, Kept>();
      this.bySeries.set(name, series);
      series.set(record.record_id, { time: foundBy(record), payload: payloadOf(record) });
      this.sorted.delete(name);
    }
  }

  async read<S extends ResultSeries>(series: S, range: TimeRange, limit: number): Promise<ResultPage<TypeOfSeries<S>>> {
    if (this.failure) throw this.failure;
    // The table would also refuse a range that the contract cannot express.
    formatEventTime(range.from);
    const all = this.byTime(series);
    const found = all
      .slice(firstFrom(all, range.from), firstFrom(all, range.to))
      .sort((a, b) => (b.payload.score ?? 0) - (a.payload.score ?? 0));
    return {
      results: found.slice(0, limit) as unknown as FoundResult<TypeOfSeries<S>>[],
      complete: found.length <= limit,
    };
  }

  private byTime(series: ResultSeries): readonly Kept[] {
    const known = this.sorted.get(series);
    if (known !== undefined) return known;
    const sorted = [...(this.bySeries.get(series)?.values() ?? [])].sort((a, b) => a.time - b.time);
    this.sorted.set(series, sorted);
    return sorted;
  }
}

/** @returns the index of the first result that is not before the time */
function firstFrom(results: readonly Kept[], time: number): number {
  let [low, high] = [0, results.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (results[middle]!.time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function payloadOf(record: ResultRecord): object {
  return (record as unknown as Record<RecordType, object>)[record.record_type];
}

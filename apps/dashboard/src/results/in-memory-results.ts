import { formatEventTime, parseEventTime, type RecordType, type ResultRecord } from '@ad-analytics/event-schemas';
import type { FoundResult, ResultPage, ResultSeries, ResultsReader, TimeRange, TypeOfSeries } from './results-reader';

/** @returns which moment a result is found by, as {@link ResultsReader} says */
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

/** Results in memory, upserted by their id as the table does: for tests. */
export class InMemoryResults implements ResultsReader {
  private readonly bySeries = new Map<ResultSeries, Map<string, { time: number; payload: { score?: number } }>>();
  /** Set to let every read fail with it. */
  failure: Error | undefined;

  /** @param records to put in, each replacing the one of its id */
  put(...records: readonly ResultRecord[]): void {
    for (const record of records) {
      const series = this.bySeries.get(seriesOf(record)) ?? new Map();
      this.bySeries.set(seriesOf(record), series);
      series.set(record.record_id, { time: foundBy(record), payload: payloadOf(record) });
    }
  }

  async read<S extends ResultSeries>(series: S, range: TimeRange, limit: number): Promise<ResultPage<TypeOfSeries<S>>> {
    if (this.failure) throw this.failure;
    // A range that the contract cannot express would be refused by the table, too.
    formatEventTime(range.from);
    const found = [...(this.bySeries.get(series)?.values() ?? [])]
      .filter(({ time }) => time >= range.from && time < range.to)
      .sort((a, b) => (b.payload.score ?? 0) - (a.payload.score ?? 0));
    return {
      results: found.slice(0, limit) as unknown as FoundResult<TypeOfSeries<S>>[],
      complete: found.length <= limit,
    };
  }
}

function payloadOf(record: ResultRecord): object {
  return (record as unknown as Record<RecordType, object>)[record.record_type];
}

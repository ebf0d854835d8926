import { parseEventTime, type Dimension } from '@ad-analytics/event-schemas';
import type { ServingTable } from '@ad-analytics/serving-table';
import type { FoundResult, ResultPage, ResultSeries, ResultsReader, TimeRange, TypeOfSeries } from './results-reader';

type AnyResult = FoundResult<TypeOfSeries<ResultSeries>>;

/** Distances between window starts, in milliseconds: the table has a partition for each start. */
export interface WindowSteps {
  readonly metricsMs: number;
  readonly engagementMs: number;
}

const at = <P>(time: string, payload: P) => ({ time: parseEventTime(time), payload });

/** The results of the serving table. */
export class ServingTableResults implements ResultsReader {
  /**
   * @param table to read
   * @param steps distances between window starts
   */
  constructor(
    private readonly table: ServingTable,
    private readonly steps: WindowSteps,
  ) {}

  async read<S extends ResultSeries>(series: S, range: TimeRange, limit: number): Promise<ResultPage<TypeOfSeries<S>>> {
    // One result above the limit shows that there are more.
    const found = await this.find(series, range, limit + 1);
    return {
      results: found.slice(0, limit) as unknown as FoundResult<TypeOfSeries<S>>[],
      complete: found.length <= limit,
    };
  }

  private async find(series: ResultSeries, range: TimeRange, limit: number): Promise<AnyResult[]> {
    const { table, steps } = this;
    const moments = { fromMs: range.from, toMs: range.to };
    switch (series) {
      case 'attribution_metrics':
        return eachWindow(range, steps.metricsMs, async (start) =>
          (await table.settledCampaigns(start)).map(({ attribution_metrics: p }) => at(p.window_start, p)),
        );
      case 'user_engagement':
        return eachWindow(range, steps.engagementMs, async (start) =>
          (await table.topUsers(start, limit)).map(({ user_engagement: p }) => at(p.window_start, p)),
        );
      case 'attributed_click':
        return (await table.recordsOfType(series, moments)).map((r) => at(r.event_time, r.attributed_click));
      case 'unattributed_click':
        return (await table.recordsOfType(series, moments)).map((r) => at(r.event_time, r.unattributed_click));
      case 'fraud_alert':
        return (await table.recordsOfType(series, moments)).map((r) => at(r.event_time, r.fraud_alert));
      case 'late_event':
        return (await table.recordsOfType(series, moments)).map((r) => ({
          time: parseEventTime(r.event_time) + r.late_event.lateness_ms,
          payload: r.late_event,
        }));
      case 'rejected_event':
        return (await table.rejectedEvents(moments)).map((r) => at(r.event_time, r.rejected_event));
      default: {
        const dimension = series.slice('campaign_metrics/'.length) as Dimension;
        return eachWindow(range, steps.metricsMs, async (start) =>
          (await table.windowsOfDimension(dimension, start)).map(({ campaign_metrics: p }) => at(p.window_start, p)),
        );
      }
    }
  }
}

/** Reads one window after the other, because series are already read concurrently. */
async function eachWindow(
  { from, to }: TimeRange,
  stepMs: number,
  read: (start: number) => Promise<AnyResult[]>,
): Promise<AnyResult[]> {
  const found: AnyResult[] = [];
  for (let start = Math.ceil(from / stepMs) * stepMs; start < to; start += stepMs) {
    // Not push(...results): more than about 120,000 arguments overflow the stack.
    for (const result of await read(start)) found.push(result);
  }
  return found;
}

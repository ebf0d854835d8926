import type { Dimension, RecordType, ResultOf } from '@ad-analytics/event-schemas';

/** A range of event time: milliseconds since the epoch, `from` inclusive, `to` exclusive. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What a query asks for. */
export type ResultSeries = Exclude<RecordType, 'campaign_metrics'> | `campaign_metrics/${Dimension}`;

/** The record type behind a series. */
export type TypeOfSeries<S extends ResultSeries> = S extends `campaign_metrics/${string}`
  ? 'campaign_metrics'
  : Exclude<S, `campaign_metrics/${string}`>;

/** The fields of a result; a rejected record's bytes stay in the table. */
export type Payload<T extends RecordType> = T extends 'rejected_event'
  ? Omit<ResultOf<'rejected_event'>['rejected_event'], 'raw'>
  : ResultOf<T> extends Record<T, infer Fields>
    ? Fields
    : never;

/** A result found in the table. */
export interface FoundResult<T extends RecordType> {
  /** The time by which it is found: the start of its window, or its event time; milliseconds since the epoch. */
  readonly time: number;
  readonly payload: Payload<T>;
}

/** Results of a range. */
export interface ResultPage<T extends RecordType> {
  readonly results: readonly FoundResult<T>[];
  /** False if there are more results than the limit. */
  readonly complete: boolean;
}

/**
 * All that the dashboard asks of the table.
 *
 * A series with windows (`campaign_metrics`, `attribution_metrics`, `user_engagement`) is found by the start of the window, a
 * fraud alert by the end of its window, a late event by when it came, everything else by when it happened.
 */
export interface ResultsReader {
  /**
   * @param series which results
   * @param range of their times
   * @param limit maximum number of results; of more `user_engagement` results, at least the ten with the highest scores
   *   are returned
   * @returns each result once, in any order
   * @throws {Error} when the table cannot be read; the message says why
   */
  read<S extends ResultSeries>(series: S, range: TimeRange, limit: number): Promise<ResultPage<TypeOfSeries<S>>>;
}

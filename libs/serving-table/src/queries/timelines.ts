/** Queries of the index by subject: the timeline of one subject. */
import type { ActorType, Dimension, ResultOf } from '@ad-analytics/event-schemas';
import { formatEventTime } from '@ad-analytics/event-schemas';
import { subjectKey } from '../keys';
import { queryRecords, type IndexQuery, type TableAccess } from '../query-index';
import { BY_SUBJECT } from '../table-definition';

/** A part of a timeline. Times are starts of windows, in milliseconds since the epoch. */
export interface TimelineRange {
  /** Inclusive. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** The newest part of a timeline. */
export interface Newest {
  readonly limit: number;
}

function timeline(partition: string, range: TimelineRange | Newest): IndexQuery {
  const common = { index: BY_SUBJECT, partition };
  if ('limit' in range) return { ...common, descending: true, limit: range.limit };
  return { ...common, between: [formatEventTime(range.fromMs), formatEventTime(range.toMs - 1)] };
}

/**
 * @param access the table
 * @param dimension what the figures are grouped by
 * @param key value of the dimension
 * @param range a range of window starts, or the newest windows
 * @returns its windows: in time order for a range, otherwise newest first
 */
export function campaignWindows(
  access: TableAccess,
  dimension: Dimension,
  key: string,
  range: TimelineRange | Newest,
): Promise<ResultOf<'campaign_metrics'>[]> {
  return queryRecords(access, 'campaign_metrics', timeline(subjectKey.campaignMetrics(dimension, key), range));
}

/** @returns the settled windows of a campaign, ordered as {@link campaignWindows} does */
export function settledWindows(
  access: TableAccess,
  campaignId: string,
  range: TimelineRange | Newest,
): Promise<ResultOf<'attribution_metrics'>[]> {
  return queryRecords(access, 'attribution_metrics', timeline(subjectKey.attributionMetrics(campaignId), range));
}

/** @returns the alerts of an actor by the start of their window, ordered as {@link campaignWindows} does */
export function alertsOfActor(
  access: TableAccess,
  actorType: ActorType,
  actorId: string,
  range: TimelineRange | Newest,
): Promise<ResultOf<'fraud_alert'>[]> {
  return queryRecords(access, 'fraud_alert', timeline(subjectKey.fraudAlerts(actorType, actorId), range));
}

import type { ActorType, BucketedType, Dimension, ResultOf, ResultRecord } from '@ad-analytics/event-schemas';
import type { TableReader } from './client';
import { countOfType, recentAlerts, recordsOfType, rejectedEvents, type RejectedSummary } from './queries/buckets';
import { alertsOfActor, campaignWindows, settledWindows } from './queries/timelines';
import type { Newest, TimelineRange } from './queries/timelines';
import { allRecords, allStoredRecords, recordById } from './queries/whole-table';
import * as windows from './queries/windows';
import type { NewestWindow, TopOfWindow } from './queries/windows';
import type { TableAccess } from './query-index';
import { DEFAULT_TABLE_NAME } from './table-definition';

/**
 * The questions that the table answers. All throw `ServingItemError` for an item that is not a result, and the SDK's errors.
 * Indexes follow the table within a moment: a result that was just written may be missing from all but {@link record}.
 */
export class ServingTable {
  private readonly access: TableAccess;

  /**
   * @param reader what reads DynamoDB: `tableReader(createServingClient({ region, endpoint }))`
   * @param tableName name of the table
   */
  constructor(reader: TableReader, tableName: string = DEFAULT_TABLE_NAME) {
    this.access = { reader, tableName };
  }

  /** @returns windows of one campaign, ad, publisher, device type or country: a range in order of time, the newest newest first */
  latestWindows(
    dimension: Dimension,
    key: string,
    range: TimelineRange | Newest,
  ): Promise<ResultOf<'campaign_metrics'>[]> {
    return campaignWindows(this.access, dimension, key, range);
  }

  /** @returns settled windows of one campaign, ordered as {@link latestWindows} */
  settledWindows(campaignId: string, range: TimelineRange | Newest): Promise<ResultOf<'attribution_metrics'>[]> {
    return settledWindows(this.access, campaignId, range);
  }

  /** @returns alerts of one actor by the start of their window, ordered as {@link latestWindows} */
  alertsOfActor(
    actorType: ActorType,
    actorId: string,
    range: TimelineRange | Newest,
  ): Promise<ResultOf<'fraud_alert'>[]> {
    return alertsOfActor(this.access, actorType, actorId, range);
  }

  /** @returns every key of a window (start in milliseconds since the epoch), the highest CTR first, those without one last */
  windowsOfDimension(dimension: Dimension, windowStartMs: number): Promise<ResultOf<'campaign_metrics'>[]> {
    return windows.windowsOfDimension(this.access, dimension, windowStartMs);
  }

  /** @returns start of the newest window that has results, milliseconds since the epoch; undefined when none is so near */
  newestWindowStart(dimension: Dimension, where: NewestWindow): Promise<number | undefined> {
    return windows.newestWindowStart(this.access, dimension, where);
  }

  /** @returns keys with the highest CTR of the newest window that has results, the highest first */
  topKeysNow(dimension: Dimension, where: NewestWindow & TopOfWindow): Promise<ResultOf<'campaign_metrics'>[]> {
    return windows.topKeysNow(this.access, dimension, where);
  }

  /** @returns settled figures of every campaign of an impression window, the highest valid CTR first */
  settledCampaigns(windowStartMs: number): Promise<ResultOf<'attribution_metrics'>[]> {
    return windows.settledCampaigns(this.access, windowStartMs);
  }

  /** @returns users of a window (start in milliseconds since the epoch), the highest score first; all unless limited, see `topUsers` in queries/windows */
  topUsers(windowStartMs: number, limit?: number): Promise<ResultOf<'user_engagement'>[]> {
    return windows.topUsers(this.access, windowStartMs, limit);
  }

  /** @returns newest alerts whose window ended in the range, the newest first, `limit` at most */
  recentAlerts(range: TimelineRange, limit: number): Promise<ResultOf<'fraud_alert'>[]> {
    return recentAlerts(this.access, range, limit);
  }

  /** @returns results of a type that happened in the range, by minute (alerts: hour) in order of time */
  recordsOfType<T extends Exclude<BucketedType, 'rejected_event'>>(
    type: T,
    range: TimelineRange,
  ): Promise<ResultOf<T>[]> {
    return recordsOfType(this.access, type, range);
  }

  /** @returns rejected events that arrived in the range, without the records themselves: {@link record} has those */
  rejectedEvents(range: TimelineRange): Promise<RejectedSummary[]> {
    return rejectedEvents(this.access, range);
  }

  /** @returns how many results of a type happened in the range; the service counts, nothing is sent */
  countOfType(type: BucketedType, range: TimelineRange): Promise<number> {
    return countOfType(this.access, type, range);
  }

  /** @returns one result by its id, read consistently; undefined if it is missing, and for a score that is in a page */
  record(recordId: string): Promise<ResultRecord | undefined> {
    return recordById(this.access, recordId);
  }

  /** @returns everything, in no order: for checks of a whole run */
  allRecords(): AsyncGenerator<ResultRecord> {
    return allRecords(this.access);
  }

  /** @returns everything as it lies there, in no order and unchecked: for checks that must not end at the first item that is not a result */
  allStoredRecords(): AsyncGenerator<Record<string, unknown>> {
    return allStoredRecords(this.access);
  }
}

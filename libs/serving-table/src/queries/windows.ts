/** Questions to the index by time about one window: everything in it, or the top of it. */
import type { Dimension, ResultOf } from '@ad-analytics/event-schemas';
import { formatEventTime } from '@ad-analytics/event-schemas';
import { CONCURRENCY, inParallel } from '../in-parallel';
import { checkedResult, storedRecord, unmarshallItem, type ServingItem } from '../item';
import { timeKey } from '../keys';
import { queryPages, queryRecords, resultOfType, type IndexQuery, type TableAccess } from '../query-index';
import { isPage, scoresOf } from '../score-page';
import { BY_TIME } from '../table-definition';
import { writeShards } from '../write-shards';

/** Which keys of a window are wanted. */
export interface TopOfWindow {
  readonly limit: number;
  /** Keys with fewer impressions are left out: one click on one impression is not a click-through rate of 1. 1 unless given. */
  readonly minImpressions?: number;
}

/** Where to look for the newest window. */
export interface NewestWindow {
  /** Where to begin, milliseconds since the epoch. */
  readonly nowMs: number;
  /** Length of a window (`metrics.window.seconds`). */
  readonly windowSeconds: number;
  /** How many windows to go back. 30 unless given. */
  readonly lookBack?: number;
}

const DEFAULT_LOOK_BACK = 30;

/** @returns all of a window, the highest CTR first, among equal ones the most impressions first */
function windowQuery(dimension: Dimension, windowStartMs: number): IndexQuery {
  const partition = timeKey.campaignMetrics(dimension, formatEventTime(windowStartMs));
  return { index: BY_TIME, partition, descending: true };
}

/**
 * @param access the table
 * @param dimension what the figures are grouped by
 * @param windowStartMs start of the window, milliseconds since the epoch
 * @returns every key of the window: the highest CTR first, those without a CTR last
 */
export function windowsOfDimension(
  access: TableAccess,
  dimension: Dimension,
  windowStartMs: number,
): Promise<ResultOf<'campaign_metrics'>[]> {
  return queryRecords(access, 'campaign_metrics', windowQuery(dimension, windowStartMs));
}

/** @returns the keys of the window with the highest CTR, the highest first; reads on only until there are enough */
async function topKeys(
  access: TableAccess,
  dimension: Dimension,
  windowStartMs: number,
  top: TopOfWindow,
): Promise<ResultOf<'campaign_metrics'>[]> {
  const found: ResultOf<'campaign_metrics'>[] = [];
  for await (const page of queryPages(access, windowQuery(dimension, windowStartMs))) {
    for (const item of page) {
      const record = resultOfType('campaign_metrics', item);
      if (record.campaign_metrics.impressions >= (top.minImpressions ?? 1)) found.push(record);
      if (found.length >= top.limit) return found;
    }
  }
  return found;
}

/**
 * The table does not say which window is its newest, so the windows are tried from now backwards: a window comes
 * a few seconds after its end, and one that no one saw an ad in never comes.
 * @param access the table
 * @param dimension what the figures are grouped by
 * @param where where to look
 * @returns start of the newest window that has results, milliseconds since the epoch; undefined if none exists so near
 */
export async function newestWindowStart(
  access: TableAccess,
  dimension: Dimension,
  where: NewestWindow,
): Promise<number | undefined> {
  const lengthMs = where.windowSeconds * 1000;
  const current = Math.floor(where.nowMs / lengthMs) * lengthMs;
  const starts = Array.from({ length: where.lookBack ?? DEFAULT_LOOK_BACK }, (_, back) => current - back * lengthMs);
  for (const start of starts) {
    for await (const page of queryPages(access, { ...windowQuery(dimension, start), limit: 1 })) {
      if (page.length > 0) return start;
    }
  }
  return undefined;
}

/** @returns the top keys of the newest window that has results, as {@link topKeys} does; empty if none exists so near */
export async function topKeysNow(
  access: TableAccess,
  dimension: Dimension,
  where: NewestWindow & TopOfWindow,
): Promise<ResultOf<'campaign_metrics'>[]> {
  const start = await newestWindowStart(access, dimension, where);
  return start === undefined ? [] : topKeys(access, dimension, start, where);
}

/** @returns the settled figures of every campaign of an impression window, the highest valid CTR first */
export function settledCampaigns(
  access: TableAccess,
  windowStartMs: number,
): Promise<ResultOf<'attribution_metrics'>[]> {
  const partition = timeKey.attributionMetrics(formatEventTime(windowStartMs));
  return queryRecords(access, 'attribution_metrics', { index: BY_TIME, partition, descending: true });
}

/**
 * @param access the table
 * @param windowStartMs start of the window, milliseconds since the epoch
 * @param limit most users wanted; all of them unless given
 * @returns the users of the window, the highest score first. Pages are read in the order of their highest score: with a limit, the first ten
 *   are the highest of the window as soon as it allows ten pages of each shard, and the rest are any users
 */
export async function topUsers(
  access: TableAccess,
  windowStartMs: number,
  limit = Infinity,
): Promise<ResultOf<'user_engagement'>[]> {
  const start = formatEventTime(windowStartMs);
  const shards = Array.from({ length: writeShards('user_engagement') }, (_, shard) => shard);
  const items = await inParallel(shards, CONCURRENCY, (shard) => scoreItems(access, start, shard, limit));
  const [pages, single] = [items.flat().filter(isPage), items.flat().filter((item) => !isPage(item))];
  // A score in a separate item was written before there were pages, or does not fit a page: the page counts.
  const scores = [...single.map(storedRecord), ...scoresOf(pages)];
  const byId = new Map(scores.map((score) => [score['record_id'], score]));
  const users = [...byId.values()].map((score) => checkedResult(score) as ResultOf<'user_engagement'>);
  return users.sort((one, other) => other.user_engagement.score - one.user_engagement.score).slice(0, limit);
}

/** @returns the items with scores of a shard, the highest score first; reads on only until they have as many users as the limit */
async function scoreItems(access: TableAccess, start: string, shard: number, limit: number): Promise<ServingItem[]> {
  const query = { index: BY_TIME, partition: timeKey.userEngagement(start, shard), descending: true };
  const items: ServingItem[] = [];
  let users = 0;
  for await (const page of queryPages(access, query)) {
    for (const item of page.map(unmarshallItem)) {
      items.push(item);
      users += isPage(item) ? (item.payload['users'] as unknown[]).length : 1;
    }
    if (users >= limit) break;
  }
  return items;
}

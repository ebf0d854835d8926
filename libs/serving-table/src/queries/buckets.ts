/** Queries of the index by time for a time range. */
import type { BucketedType, ResultOf } from '@ad-analytics/event-schemas';
import { formatEventTime } from '@ad-analytics/event-schemas';
import { CONCURRENCY, inParallel } from '../in-parallel';
import { unmarshallItem } from '../item';
import { bucketSize, timeKey } from '../keys';
import { countItems, queryPages, queryRecords, type IndexQuery, type TableAccess } from '../query-index';
import { BY_TIME } from '../table-definition';
import { bucketsBetween } from '../time-bucket';
import { writeShards } from '../write-shards';
import type { TimelineRange } from './timelines';

/** A rejected event without the record itself; {@link ServingTable.record} has it. */
export interface RejectedSummary {
  readonly record_id: string;
  /** Arrival time in its stream. */
  readonly event_time: string;
  readonly rejected_event: Omit<ResultOf<'rejected_event'>['rejected_event'], 'raw'>;
}

/** @returns the queries that together cover the range, in order of time */
function bucketQueries(type: BucketedType, { fromMs, toMs }: TimelineRange): IndexQuery[] {
  const between = [formatEventTime(fromMs), formatEventTime(toMs - 1)] as const;
  return bucketsBetween(fromMs, toMs, bucketSize(type)).flatMap((bucket) =>
    Array.from({ length: writeShards(type) }, (_, shard) => ({
      index: BY_TIME,
      partition: timeKey.bucket(type, bucket, shard),
      between,
    })),
  );
}

/**
 * @param access the table
 * @param type type of the results; for rejected events, use {@link rejectedEvents}
 * @param range of their times:
 *   `event_time` of a click or an alert, arrival in event time of a late event
 * @returns the results by bucket, in time
 *   order
 */
export async function recordsOfType<T extends Exclude<BucketedType, 'rejected_event'>>(
  access: TableAccess,
  type: T,
  range: TimelineRange,
): Promise<ResultOf<T>[]> {
  return (
    await inParallel(bucketQueries(type, range), CONCURRENCY, (query) => queryRecords(access, type, query))
  ).flat();
}

/**
 * @returns the rejected events that arrived in the range, without the records themselves, which can have 64 KiB each
 */
export async function rejectedEvents(access: TableAccess, range: TimelineRange): Promise<RejectedSummary[]> {
  const found = await inParallel(bucketQueries('rejected_event', range), CONCURRENCY, async (query) => {
    const items: RejectedSummary[] = [];
    for await (const page of queryPages(access, query)) {
      for (const { record_id, event_time, payload } of page.map(unmarshallItem)) {
        items.push({ record_id, event_time, rejected_event: payload as RejectedSummary['rejected_event'] });
      }
    }
    return items;
  });
  return found.flat();
}

/** @returns the number of results that {@link recordsOfType} would return */
export async function countOfType(access: TableAccess, type: BucketedType, range: TimelineRange): Promise<number> {
  const counts = await inParallel(bucketQueries(type, range), CONCURRENCY, (query) => countItems(access, query));
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * @param access the table
 * @param range end of the alerts' windows
 * @param limit maximum number of alerts
 * @returns the newest alerts of the range, newest first; reads back hour by hour,
 *   until it has enough
 */
export async function recentAlerts(
  access: TableAccess,
  range: TimelineRange,
  limit: number,
): Promise<ResultOf<'fraud_alert'>[]> {
  const found: ResultOf<'fraud_alert'>[] = [];
  for (const query of bucketQueries('fraud_alert', range).reverse()) {
    if (found.length >= limit) break;
    const wanted = limit - found.length;
    found.push(...(await queryRecords(access, 'fraud_alert', { ...query, descending: true, limit: wanted })));
  }
  return found;
}

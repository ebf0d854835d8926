import { formatEventTime } from '@ad-analytics/event-schemas';

/** Length of a bucket of the index by time. */
export type BucketSize = 'minute' | 'hour';

const PREFIX: Record<BucketSize, number> = { minute: '2026-11-23T10:00'.length, hour: '2026-11-23T10'.length };
const LENGTH_MS: Record<BucketSize, number> = { minute: 60_000, hour: 3_600_000 };

/**
 * @param time ISO-8601 UTC with milliseconds
 * @param size length of the bucket
 * @returns the bucket of the time, its ISO form cut off: `2026-11-23T10:00`
 */
export function bucketOf(time: string, size: BucketSize): string {
  return time.slice(0, PREFIX[size]);
}

/**
 * @param fromMs first moment, milliseconds since the epoch, inclusive
 * @param toMs end, exclusive
 * @param size length of a bucket
 * @returns every bucket that has a part of it, in order of time; none for an empty range
 */
export function bucketsBetween(fromMs: number, toMs: number, size: BucketSize): string[] {
  if (toMs <= fromMs) return [];
  const length = LENGTH_MS[size];
  const buckets: string[] = [];
  for (let start = Math.floor(fromMs / length) * length; start < toMs; start += length) {
    buckets.push(bucketOf(formatEventTime(start), size));
  }
  return buckets;
}

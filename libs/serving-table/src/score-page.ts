/** Scores of users, many to an item: a write is billed by the KB, and a score takes about 35 bytes (docs/adr/0018-user-scores-in-pages.md). */
import type { ResultOf, ResultRecord } from '@ad-analytics/event-schemas';
import { formatEventTime } from '@ad-analytics/event-schemas';
import type { ServingItem } from './item';
import { scoreKeys } from './keys';
import { expiresAt } from './retention';

type Score = ResultOf<'user_engagement'>;

/** Where a result is in the results stream. */
export interface StreamPlace {
  readonly stream: string;
  readonly shard: string;
  readonly sequenceNumber: string;
  /** Place within an aggregated record, from 0; absent for a plain record. */
  readonly part?: number;
}

/** A score, and where it came from. */
export interface PlacedScore {
  readonly record: Score;
  readonly place: StreamPlace;
}

/** A user of a page: id, impressions, clicks, distinct campaigns, score. */
type UserRow = readonly [string, number, number, number, number];

/** Payload of a page. */
interface PagePayload {
  readonly window_start: string;
  readonly window_end: string;
  /** Of two scores of one user and window, the one that was written last counts, as if each were an item. */
  readonly written_at: string;
  readonly users: readonly UserRow[];
}

/** An item, and the scores in it. */
export interface ScorePage<T extends PlacedScore> {
  readonly item: ServingItem;
  readonly scores: readonly T[];
}

/** Most bytes of rows in a page. A partition of an index takes 1,000 write units per second, and a page takes up to 33. */
const MAX_ROW_BYTES = 32 * 1024;
/** Bytes of a row besides the id, at most: five values in a list, and numbers of up to 21 bytes. */
const ROW_BYTES = 3 + 5 + 4 * 21;

/** @returns the id that the contract gives a score */
const scoreId = (windowStart: string, userId: string): string => `user_engagement:${windowStart}:${userId}`;

/**
 * @param record result
 * @returns whether a page can hold it: a score whose envelope follows from its fields. Any other result is a separate item
 */
export function fitsPage(record: ResultRecord): record is Score {
  if (record.record_type !== 'user_engagement') return false;
  const { user_id, window_start, window_end } = record.user_engagement;
  return record.record_id === scoreId(window_start, user_id) && record.event_time === window_end;
}

/**
 * Packs the scores of a batch. A page is named after the place of its first score in the stream. Lambda delivers the records of a shard in
 * order, and when it delivers one again, it delivers all that follow it again; so whatever the batches are then, each score is in a
 * page at the end, even if a page was overwritten by a shorter one.
 * @param scores for which {@link fitsPage} holds, of one shard and in its order, each `record_id` once
 * @param nowMs time of writing, milliseconds since the epoch
 * @returns the pages: scores of one window and schema version each
 */
export function scorePages<T extends PlacedScore>(scores: readonly T[], nowMs: number): ScorePage<T>[] {
  const groups = new Map<string, T[][]>();
  const bytes = new Map<string, number>();
  for (const score of scores) {
    const { schema_version, user_engagement } = score.record;
    const group = `${schema_version}#${user_engagement.window_start}#${user_engagement.window_end}`;
    const size = Buffer.byteLength(user_engagement.user_id) + ROW_BYTES;
    const pages = groups.get(group) ?? [];
    groups.set(group, pages);
    const filled = (bytes.get(group) ?? 0) + size;
    const last = pages.at(-1);
    if (last === undefined || filled > MAX_ROW_BYTES) {
      pages.push([score]);
      bytes.set(group, size);
    } else {
      last.push(score);
      bytes.set(group, filled);
    }
  }
  return [...groups.values()].flat().map((page) => ({ item: pageItem(page, nowMs), scores: page }));
}

function pageItem(page: readonly PlacedScore[], nowMs: number): ServingItem {
  const [{ record, place }] = page as [PlacedScore, ...PlacedScore[]];
  const { window_start, window_end } = record.user_engagement;
  const { stream, shard, sequenceNumber, part } = place;
  const position = [stream, shard, sequenceNumber, ...(part === undefined ? [] : [part])].join(':');
  const key = `user_engagement_page:${window_start}:${position}`;
  const payload: PagePayload = {
    window_start,
    window_end,
    written_at: formatEventTime(nowMs),
    users: page.map(({ record: { user_engagement: user } }) => [
      user.user_id,
      user.impressions,
      user.clicks,
      user.distinct_campaigns,
      user.score,
    ]),
  };
  return {
    record_id: key,
    record_type: 'user_engagement',
    schema_version: record.schema_version,
    event_time: window_end,
    payload: { ...payload },
    ...scoreKeys(key, window_start, Math.max(...page.map(({ record: { user_engagement: user } }) => user.score))),
    expires_at: expiresAt('user_engagement', nowMs),
  };
}

/** What is read of an item, from the table or from an index. */
type ReadItem = Omit<ServingItem, 'gsi2pk' | 'gsi2sk' | 'expires_at'>;

/**
 * @param item all of an item, or what an index projects of it
 * @returns whether it is a page of scores
 */
export function isPage({ record_type, payload }: ReadItem): boolean {
  return record_type === 'user_engagement' && Array.isArray(payload['users']);
}

/**
 * @param page whole item for which {@link isPage} holds
 * @param userIds whose scores to remove
 * @returns how many scores of these users the page has, and the page without them: undefined if it has no others. The key and the time of
 *   writing stay: a reader still prefers the same page of two
 */
export function withoutUsers(
  page: ServingItem,
  userIds: readonly string[],
): { removed: number; rest: ServingItem | undefined } {
  const payload = page.payload as unknown as PagePayload;
  // A row of another form, which the sink did not write, stays.
  const users = payload.users.filter((row) => !Array.isArray(row) || !userIds.includes(row[0] as string));
  const removed = payload.users.length - users.length;
  if (users.length === 0) return { removed, rest: undefined };
  const scores = users.map((row) => (Array.isArray(row) ? Number(row[4]) : NaN)).filter(Number.isFinite);
  const keys = scoreKeys(page.record_id, payload.window_start, Math.max(0, ...scores));
  return { removed, rest: { ...page, ...keys, payload: { ...payload, users } } };
}

/**
 * @param pages items for which {@link isPage} holds, in any order
 * @returns the scores in them, each `record_id` once, in the form of results; whether they are results was not checked. Of several with one
 *   id, that of the newest schema version counts, and of those the one that was written last
 */
export function* scoresOf(pages: readonly ReadItem[]): Generator<Record<string, unknown>> {
  const seen = new Set<string>();
  const payload = (page: ReadItem) => page.payload as unknown as PagePayload;
  const newestFirst = [...pages].sort(
    (one, other) =>
      other.schema_version - one.schema_version ||
      Date.parse(payload(other).written_at) - Date.parse(payload(one).written_at),
  );
  for (const page of newestFirst) {
    const { window_start, window_end, users } = payload(page);
    for (const row of users) {
      // A row of another form, which the sink did not write, becomes a score without fields: no schema accepts that.
      const [user_id, impressions, clicks, distinct_campaigns, score] = Array.isArray(row) ? (row as UserRow) : [];
      const record_id = scoreId(window_start, String(user_id));
      if (seen.has(record_id)) continue;
      seen.add(record_id);
      yield {
        record_type: 'user_engagement',
        record_id,
        schema_version: page.schema_version,
        event_time: window_end,
        user_engagement: { user_id, window_start, window_end, impressions, clicks, distinct_campaigns, score },
      };
    }
  }
}

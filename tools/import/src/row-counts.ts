import { IS_REFUSED } from './event-rows';
import { REASON_SEPARATOR } from './row-validation';
import { type HourCount, hourCounts } from './time-span';
import type { Source } from '@ad-analytics/event-schemas';
import type { Workspace } from './workspace';

export const EXAMPLE_CHARACTERS = 200;

/** Number of rows with this reason. */
export interface ReasonCount {
  readonly reason: string;
  readonly rows: number;
  /** The beginning of one of these rows. */
  readonly example: string;
}

/** Counts of the rows that could be parsed. */
export interface RowCounts {
  readonly impressions: number;
  readonly clicks: number;
  /** Rows that are not events. */
  readonly refused: number;
  /** Rows that became an impression and a click. */
  readonly both: number;
  /** Rows whose id was derived from their content. */
  readonly derived: number;
  /** Clicks that have the time of their impression, because the row contains no click time. */
  readonly clicksAtImpression: number;
  readonly reasons: readonly ReasonCount[];
  readonly hours: Readonly<Record<Source, readonly HourCount[]>>;
}

const reasonCount = (row: Record<string, unknown>): ReasonCount => ({
  reason: String(row['reason']),
  rows: Number(row['rows']),
  example: String(row['example']),
});

/** @returns the counts of the view `event_row` */
export async function countRows(workspace: Workspace): Promise<RowCounts> {
  const [figures = {}] = await workspace.rows(`
    SELECT count(impression_t) AS impressions, count(click_t) AS clicks,
      count(*) FILTER (impression_t IS NOT NULL AND click_t IS NOT NULL) AS both, count(*) FILTER (${IS_REFUSED}) AS refused,
      count(derived_id) AS derived, count(*) FILTER (click_t = impression_t) AS clicks_at_impression
    FROM event_row`);
  const reasons = await workspace.rows(`
    SELECT reason, count(*) AS rows, any_value(left(example, ${EXAMPLE_CHARACTERS})) AS example FROM (
      SELECT unnest(string_split(reason, '${REASON_SEPARATOR}')) AS reason, refused_row AS example FROM event_row WHERE ${IS_REFUSED}
    ) GROUP BY reason`);
  return {
    impressions: Number(figures['impressions']),
    clicks: Number(figures['clicks']),
    refused: Number(figures['refused']),
    both: Number(figures['both']),
    derived: Number(figures['derived']),
    clicksAtImpression: Number(figures['clicks_at_impression']),
    reasons: reasons.map(reasonCount),
    hours: { impression: await hourCounts(workspace, 'impression'), click: await hourCounts(workspace, 'click') },
  };
}

/** @returns the reasons in the table `unread_row`, which contains the rows that could not be parsed */
export async function countUnread(workspace: Workspace): Promise<ReasonCount[]> {
  const rows = await workspace.rows(`
    SELECT split_part(reason, chr(10), 1) AS reason, count(*) AS rows, any_value(left(line, ${EXAMPLE_CHARACTERS})) AS example
    FROM unread_row GROUP BY ALL`);
  return rows.map(reasonCount);
}

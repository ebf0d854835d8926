import type { Source } from '@ad-analytics/event-schemas';
import type { Workspace } from './workspace';

export const HOUR_MS = 3_600_000;
/** The bulk: all but this share of the events at each end, and as much again on both sides, at least a day. */
const TAIL = 0.005;
const MIN_MARGIN_HOURS = 24;

/** Events of an hour. */
export interface HourCount {
  /** Hours since 1970. */
  readonly hour: number;
  readonly events: number;
}

/** Times that are far from those of most events. */
export interface TimeSpan {
  /** First and last hour of the bulk, as milliseconds since the epoch; the last one's end. */
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** @returns the hour below which `share` of the events lie */
function quantile(hours: readonly HourCount[], share: number): number {
  const all = hours.reduce((sum, { events }) => sum + events, 0);
  let seen = 0;
  for (const { hour, events } of hours) {
    seen += events;
    if (seen > share * all) return hour;
  }
  return hours.at(-1)?.hour ?? 0;
}

/**
 * @param hours in order, without empty ones
 * @returns the time of the bulk of the events and how many lie outside; undefined without events
 */
export function timeSpan(hours: readonly HourCount[]): TimeSpan | undefined {
  if (hours.length === 0) return undefined;
  const [low, high] = [quantile(hours, TAIL), quantile(hours, 1 - TAIL)];
  const margin = Math.max(MIN_MARGIN_HOURS, high - low);
  const inside = hours.filter(({ hour }) => hour >= low - margin && hour <= high + margin);
  const count = (of: readonly HourCount[]) => of.reduce((sum, { events }) => sum + events, 0);
  return {
    from: (inside[0] as HourCount).hour * HOUR_MS,
    to: ((inside.at(-1) as HourCount).hour + 1) * HOUR_MS,
    before: count(hours.filter(({ hour }) => hour < low - margin)),
    after: count(hours.filter(({ hour }) => hour > high + margin)),
  };
}

/** @returns the valid events of a kind by hour */
export async function hourCounts(workspace: Workspace, kind: Source): Promise<HourCount[]> {
  const rows = await workspace.rows(
    `SELECT ${kind}_t // ${HOUR_MS} AS hour, count(*) AS events FROM event_row WHERE ${kind}_t IS NOT NULL GROUP BY hour ORDER BY hour`,
  );
  return rows.map((row) => ({ hour: Number(row['hour']), events: Number(row['events']) }));
}

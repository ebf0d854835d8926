import type { Source } from '@ad-analytics/event-schemas';
import { ROW_GROUP } from './event-rows';
import type { Workspace } from './workspace';

/** Events that are sorted at once: in memory, if a line has some hundred bytes. */
const EVENTS_AT_ONCE = 500_000;
/** The times of every so many rows tell where to cut. */
const ROWS_A_SAMPLE = 500;
/** If parts of the time would read the table more often than this, sorting all at once is faster. */
const MAX_READS = 3;

/** Times of the events in some rows that lie together, in milliseconds. */
export interface RowGroup {
  readonly low: number;
  readonly high: number;
  readonly events: number;
  /** Some of the times. */
  readonly sample: readonly number[];
}

/** A part of the time, in milliseconds: from `from` to before `to`. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts the time so that the events of each part can be sorted in memory; a log that is nearly in the order of time is then never
 * sorted as a whole. One part where it is not: the events of each part would lie all over the file.
 * @param eventsAtOnce wanted in each part
 * @returns the parts, in order; none without events
 */
export function timeRanges(groups: readonly RowGroup[], eventsAtOnce = EVENTS_AT_ONCE): TimeRange[] {
  const filled = groups.filter(({ events }) => events > 0);
  if (filled.length === 0) return [];
  const [low, high] = [Math.min(...filled.map((group) => group.low)), Math.max(...filled.map((group) => group.high))];
  const whole = { from: low, to: high + 1 };
  const events = filled.reduce((sum, group) => sum + group.events, 0);
  const sample = filled.flatMap((group) => group.sample).sort((a, b) => a - b);
  const parts = Math.ceil(events / eventsAtOnce);
  const cuts = Array.from(
    { length: parts - 1 },
    (_, i) => sample[Math.floor(((i + 1) * sample.length) / parts)] ?? low,
  );
  const bounds = [...new Set([low, ...cuts, high + 1])].sort((a, b) => a - b);
  const ranges = bounds.slice(1).map((to, i) => ({ from: bounds[i] ?? low, to }));
  const reads = ranges.reduce(
    (sum, { from, to }) => sum + filled.filter((group) => group.low < to && group.high >= from).length,
    0,
  );
  return reads > MAX_READS * Math.max(filled.length, ranges.length) ? [whole] : ranges;
}

/** @returns the times of the valid events of a kind, by rows that lie together */
export async function rowGroups(workspace: Workspace, kind: Source): Promise<RowGroup[]> {
  const rows = await workspace.rows(`
    SELECT min(${kind}_t) AS low, max(${kind}_t) AS high, count(${kind}_t) AS events,
      coalesce(list(${kind}_t) FILTER (place % ${ROWS_A_SAMPLE} = 0 AND ${kind}_t IS NOT NULL), []) AS sample
    FROM event_row GROUP BY place // ${ROW_GROUP}`);
  return rows.map((row) => ({
    low: Number(row['low']),
    high: Number(row['high']),
    events: Number(row['events']),
    sample: (row['sample'] as readonly unknown[]).map(Number),
  }));
}

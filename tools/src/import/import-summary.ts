import { formatEventTime } from '@ad-analytics/event-schemas';
import { grouped } from '@ad-analytics/command-line/progress';
import { IS_REFUSED } from './event-rows';
import { REASON_SEPARATOR } from './judgement';
import { type TimeSpan, hourCounts, timeSpan } from './time-span';
import type { Workspace } from './workspace';
import { OUTPUT_FILES } from './write-events';

/** What an import read and wrote. */
export interface ImportSummary {
  readonly impressions: number;
  readonly clicks: number;
  /** Rows that are not events, the ones that could not be read as rows included. */
  readonly notImported: number;
  /** Rows that became an impression and a click. */
  readonly both: number;
  /** Rows whose id was derived from their content. */
  readonly derived: number;
  /** Clicks that have the time of their impression, as the row has no other. */
  readonly clicksAtImpression: number;
  readonly reasons: readonly { readonly reason: string; readonly rows: number; readonly example: string }[];
  readonly spans: { readonly impression?: TimeSpan; readonly click?: TimeSpan };
}

const EXAMPLE_CHARACTERS = 200;
const REASONS_SHOWN = 10;

/** @returns the figures of an import, from its tables */
export async function summaryOf(workspace: Workspace): Promise<ImportSummary> {
  const [figures = {}] = await workspace.rows(`
    SELECT count(impression_t) AS impressions, count(click_t) AS clicks,
      count(*) FILTER (impression_t IS NOT NULL AND click_t IS NOT NULL) AS both, count(*) FILTER (${IS_REFUSED}) AS refused,
      count(derived_id) AS derived, count(*) FILTER (click_t = impression_t) AS clicks_at_impression
    FROM event_row`);
  const reasons = await workspace.rows(`
    SELECT reason, count(*) AS rows, any_value(left(example, ${EXAMPLE_CHARACTERS})) AS example FROM (
      SELECT unnest(string_split(aside->>'$.reason', '${REASON_SEPARATOR}')) AS reason, aside->>'$.row' AS example FROM event_row WHERE ${IS_REFUSED}
      UNION ALL SELECT split_part(reason, chr(10), 1), line FROM unread_row
    ) GROUP BY reason ORDER BY rows DESC, reason`);
  const unread = await workspace.number('SELECT count(*) FROM unread_row');
  const impression = timeSpan(await hourCounts(workspace, 'impression'));
  const click = timeSpan(await hourCounts(workspace, 'click'));
  return {
    impressions: Number(figures['impressions']),
    clicks: Number(figures['clicks']),
    notImported: Number(figures['refused']) + unread,
    both: Number(figures['both']),
    derived: Number(figures['derived']),
    clicksAtImpression: Number(figures['clicks_at_impression']),
    reasons: reasons.map((row) => ({
      reason: String(row['reason']),
      rows: Number(row['rows']),
      example: String(row['example']),
    })),
    spans: { ...(impression === undefined ? {} : { impression }), ...(click === undefined ? {} : { click }) },
  };
}

function spanLines(kind: string, span: TimeSpan | undefined): string[] {
  if (span === undefined) return [];
  const [from, to] = [formatEventTime(span.from), formatEventTime(Math.min(span.to, 253_402_300_799_999))];
  const outside = [
    ...(span.before > 0 ? [`${grouped(span.before)} lie long before`] : []),
    ...(span.after > 0 ? [`${grouped(span.after)} lie long after`] : []),
  ];
  return [
    `  ${kind}: from ${from} to ${to}`,
    ...(outside.length > 0 ? [`    BUT ${outside.join(', and ')}: are these times right? They were imported.`] : []),
  ];
}

/** @returns the lines that tell an import's figures */
export function summaryLines(summary: ImportSummary): string[] {
  const { impressions, clicks, both, notImported, derived, clicksAtImpression, reasons, spans } = summary;
  const rows = impressions + clicks - both + notImported;
  const twice = both > 0 ? ` - ${grouped(both)} that are both` : '';
  const shown = reasons.slice(0, REASONS_SHOWN);
  return [
    `${grouped(rows)} rows = ${grouped(impressions)} impressions + ${grouped(clicks)} clicks${twice} + ${grouped(notImported)} not imported`,
    ...(reasons.length > 0
      ? [`Not imported, by reason (a row can have several; all rows are in ${OUTPUT_FILES.notImported}):`]
      : []),
    ...shown.flatMap(({ reason, rows: count, example }) => [
      `  ${grouped(count)}  ${reason}`,
      `    for example ${example}`,
    ]),
    ...(reasons.length > shown.length ? [`  and ${reasons.length - shown.length} other reasons`] : []),
    'Times of the events:',
    ...spanLines('impressions', spans.impression),
    ...spanLines('clicks', spans.click),
    ...(derived > 0 ? [`${grouped(derived)} rows without an id have one that is derived from their content.`] : []),
    ...(clicksAtImpression > 0
      ? [
          `${grouped(clicksAtImpression)} clicks have the time of their impression. If the log knows no other, switch the rule off that takes ` +
            'such clicks for too fast: --config-overrides reason.too_fast_click.enabled=false',
        ]
      : []),
  ];
}

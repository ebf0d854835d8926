import { formatEventTime } from '@ad-analytics/event-schemas';
import { grouped } from '@ad-analytics/command-line/progress';
import type { ReasonCount, RowCounts } from './row-counts';
import { type TimeSpan, timeSpan } from './time-span';
import { OUTPUT_FILES } from './write-events';

/** What an import read and wrote. */
export interface ImportSummary {
  readonly impressions: number;
  readonly clicks: number;
  /** Rows that are not events, including those that could not be parsed. */
  readonly notImported: number;
  /** Rows that became an impression and a click. */
  readonly both: number;
  /** Rows whose id was derived from their content. */
  readonly derived: number;
  /** Clicks that have the time of their impression, because the row contains no click time. */
  readonly clicksAtImpression: number;
  readonly reasons: readonly ReasonCount[];
  readonly spans: { readonly impression?: TimeSpan; readonly click?: TimeSpan };
}

const REASONS_SHOWN = 10;

/** @returns the reasons together, the most frequent first */
function together(reasons: readonly ReasonCount[]): ReasonCount[] {
  const all = new Map<string, ReasonCount>();
  for (const found of reasons) {
    const known = all.get(found.reason);
    all.set(found.reason, known === undefined ? found : { ...known, rows: known.rows + found.rows });
  }
  return [...all.values()].sort((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1));
}

/**
 * @param counts of the rows that could be parsed
 * @param unread the reasons of the rows that could not
 * @returns the figures of an import
 */
export function summaryOf(counts: RowCounts, unread: readonly ReasonCount[]): ImportSummary {
  const { refused, reasons, hours, ...figures } = counts;
  const [impression, click] = [timeSpan(hours.impression), timeSpan(hours.click)];
  return {
    ...figures,
    notImported: unread.reduce((sum, { rows }) => sum + rows, refused),
    reasons: together([...reasons, ...unread]),
    spans: { ...(impression === undefined ? {} : { impression }), ...(click === undefined ? {} : { click }) },
  };
}

function spanLines(kind: string, span: TimeSpan | undefined): string[] {
  if (span === undefined) return [];
  const [from, to] = [formatEventTime(span.from), formatEventTime(Math.min(span.to, 253_402_300_799_999))];
  const outside = [
    ...(span.before > 0 ? [`${grouped(span.before)} are long before these times`] : []),
    ...(span.after > 0 ? [`${grouped(span.after)} are long after these times`] : []),
  ];
  return [
    `  ${kind}: from ${from} to ${to}`,
    ...(outside.length > 0 ? [`    BUT ${outside.join(', and ')}: are these times right? They were imported.`] : []),
  ];
}

/** @returns the figures of an import as lines of text */
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
    ...(derived > 0 ? [`${grouped(derived)} rows do not have an id. Their ids were derived from their content.`] : []),
    ...(clicksAtImpression > 0
      ? [
          `${grouped(clicksAtImpression)} clicks have the time of their impression. If the log does not have the times of clicks, switch off the rule that marks ` +
            'such clicks as too fast: --config-overrides reason.too_fast_click.enabled=false',
        ]
      : []),
  ];
}

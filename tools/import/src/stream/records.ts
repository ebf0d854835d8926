import { optionalFields, type MappingQuery, eventRows, lineOf } from '../event-rows';
import type { Source } from '@ad-analytics/event-schemas';

/** The first letter of a record; the record of an impression starts with its time instead. */
export const RECORD = { click: 'C', both: 'B', refused: 'R', unforeseen: 'X' } as const;
/** Separates the parts of a record. JSON escapes this character, so it cannot be in a part. */
export const BETWEEN_PARTS = '\u001f';

/** The optional fields that the lines of each kind contain. */
export type LineFields = Readonly<Record<Source, ReadonlySet<string>>>;

/**
 * A record per row, in the order of the rows:
 * - impression: time in milliseconds and line of JSON, whose brace ends the time
 * - click: letter, time, line
 * - both: letter, time, line, separator, time, line
 * - not valid: letter, reason, separator, row as JSON
 * - with a derived id, or a value in a field that lines do not contain: letter
 * @returns a query with one column
 */
export function recordsOf(mapping: MappingQuery, fields: LineFields): string {
  const line = (kind: Source) => `${kind}_t || ${lineOf(kind, fields[kind])}`;
  const separator = 'chr(31)';
  const others = (kind: Source) =>
    optionalFields(kind)
      .filter((field) => !fields[kind].has(field) && mapping.columns.has(field))
      .map((field) => `(${kind}_t IS NOT NULL AND ${field} IS NOT NULL)`);
  const unforeseen = ['derived_id IS NOT NULL', ...others('impression'), ...others('click')];
  return `SELECT CASE WHEN reason IS NOT NULL THEN '${RECORD.refused}' || reason || ${separator} || refused_row
    WHEN ${unforeseen.join(' OR ')} THEN '${RECORD.unforeseen}'
    WHEN click_t IS NULL THEN ${line('impression')}
    WHEN impression_t IS NULL THEN '${RECORD.click}' || ${line('click')}
    ELSE '${RECORD.both}' || ${line('impression')} || ${separator} || ${line('click')} END
    FROM (${eventRows(mapping)})`;
}

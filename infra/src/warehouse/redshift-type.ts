import type { Column } from '@ad-analytics/archive-table';

/** Maximum bytes of a character in UTF-8, because Redshift counts bytes. */
const MAX_BYTES = 4;
const TIME_LENGTH = '2026-11-23T10:00:00.000Z'.length;
/** For texts from lists of the contract: a country, a rule, a severity. Longer than any value, so that a new one fits. */
const NAME_LENGTH = 64;
/** The maximum length in all versions of Redshift. */
const MAX_LENGTH = 65_535;

/** Maximum lengths of texts that the contract does not limit. */
const LENGTHS: Readonly<Record<string, number>> = {
  // The id consists of names, a time and an identifier.
  record_id: 1_024,
  reason: MAX_LENGTH,
};

/**
 * Fields without a column: `raw` can be longer than a text in Redshift. `result_delivery.record` and the archive contain it.
 */
export const WITHOUT_COLUMN: ReadonlySet<string> = new Set(['raw']);

function textLength({ name, isTime, maxLength }: Column): number {
  if (isTime) return TIME_LENGTH;
  return LENGTHS[name] ?? (maxLength === undefined ? NAME_LENGTH : maxLength * MAX_BYTES);
}

/**
 * @param column of a result
 * @returns its type in a materialized view. Times stay text there: a cast to a time depends on settings of the session, and the view could not
 *   be refreshed incrementally. Lists stay SUPER
 */
export function redshiftType(column: Column): string {
  switch (column.type) {
    case 'string':
      return `VARCHAR(${textLength(column)})`;
    case 'int':
      return 'INTEGER';
    case 'bigint':
      return 'BIGINT';
    case 'double':
      return 'DOUBLE PRECISION';
    case 'array<string>':
      return 'SUPER';
  }
}

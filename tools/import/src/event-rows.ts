import type { Source } from '@ad-analytics/event-schemas';
import { FIELDS, NUMBERS, hasField } from './contract-columns';
import { validatedRows } from './row-validation';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import type { Workspace } from './workspace';

export const KINDS = ['impression', 'click'] as const satisfies readonly Source[];

/** A query of a mapping, with name and type of each of its columns. */
export interface MappingQuery {
  readonly query: string;
  readonly columns: ReadonlyMap<string, string>;
}

/** Rows per row group of a scratch file. Each row group stores the minimum and maximum of each column. */
export const ROW_GROUP = 122_880;
/** More rows than one query can return. */
const ROWS_OF_A_QUERY = 2 ** 40;

/** A condition over `event_row` that is true if the row is not an event. */
export const IS_REFUSED = 'impression_t IS NULL AND click_t IS NULL';

const FIELD_NAMES = [...FIELDS.keys()].filter((field) => field !== 'event_time');
const TIMES: Readonly<Record<Source, string>> = { impression: 't', click: 'coalesce(click_t, t)' };

/** @returns a query with the columns of `event_row` except `place`, in the order of the mapping's rows */
export function eventRows({ query, columns }: MappingQuery): string {
  const times = KINDS.map((kind) => `CASE WHEN reason IS NULL AND is_${kind} THEN ${TIMES[kind]} END AS ${kind}_t`);
  const fields = FIELD_NAMES.map((field) => (NUMBERS.has(field) ? `try_cast(${field} AS BIGINT) AS ${field}` : field));
  const refused = 'CASE WHEN reason IS NOT NULL THEN to_json(source_row)::VARCHAR END AS refused_row';
  return `SELECT ${[...times, ...fields, 'derived_id', 'reason', refused].join(',\n  ')} FROM (${validatedRows(query, columns)})`;
}

/**
 * Writes Parquet, because it is a tenth as large as the events as JSON: most columns have few different values. LZ4 takes little CPU time.
 * @returns a statement that writes the rows of a query to a scratch file
 */
export function copyEventRows(query: MappingQuery, file: string): string {
  return `COPY (${eventRows(query)}) TO ${sqlLiteral(file)} (FORMAT parquet, COMPRESSION lz4_raw, WRITE_BLOOM_FILTER false, ROW_GROUP_SIZE ${ROW_GROUP})`;
}

/**
 * The view `event_row`: the rows that were read. Columns: `impression_t` and `click_t` in milliseconds (NULL if the row is not one, both NULL if it
 * is not valid), the fields, `derived_id` (NULL if the row has an id), `reason` and `refused_row` (JSON) of a row that is not valid, and `place`, which
 * grows in the order of the rows.
 * @param files as `copyEventRows` wrote them, in the order of the queries
 * @returns a statement that creates the view
 */
export function eventRowView(files: readonly string[]): string {
  const parts = files.map(
    (file, index) => `SELECT * EXCLUDE (file_row_number), file_row_number + ${index * ROWS_OF_A_QUERY} AS place
      FROM read_parquet(${sqlLiteral(file)}, file_row_number = true)`,
  );
  return `CREATE VIEW event_row AS ${parts.join('\nUNION ALL\n')}`;
}

/** Values of the fields that are not columns as they are, in the event of a kind. */
const VALUES: Readonly<Record<Source, Readonly<Record<string, (derived: string) => string>>>> = {
  impression: { impression_id: (derived) => `coalesce(impression_id, ${derived})` },
  click: {
    // A click without an id gets the id of its impression if one row contains both events; otherwise it gets a separate id.
    impression_id: (derived) =>
      `CASE WHEN impression_t IS NOT NULL THEN coalesce(impression_id, ${derived}) ELSE impression_id END`,
    click_id: (derived) =>
      `CASE WHEN impression_t IS NOT NULL THEN coalesce(click_id, impression_id, ${derived}) ELSE coalesce(click_id, ${derived}) END`,
  },
};

/** @returns the fields that events of a kind may lack, in the order of the contract */
export function optionalFields(kind: Source): string[] {
  return [...FIELDS].filter(([field, { required }]) => hasField(kind, field) && !required).map(([field]) => field);
}

/**
 * The event as a line of JSON. A missing value is null if another event of the kind has one.
 * @param optional the optional fields that at least one event of the kind has
 * @param derived expression of the id that is derived if a row has none
 * @returns an expression over the columns of `event_row`
 */
export function lineOf(kind: Source, optional: ReadonlySet<string>, derived = 'derived_id'): string {
  const fields = [...FIELDS].filter(
    ([field, { required }]) => hasField(kind, field) && (required || optional.has(field)),
  );
  const values = fields.map(([field]) => {
    if (field === 'event_time') return `event_time := strftime(epoch_ms(${kind}_t), '%Y-%m-%dT%H:%M:%S.%gZ')`;
    return `${field} := ${VALUES[kind][field]?.(derived) ?? field}`;
  });
  return `to_json(struct_pack(${values.join(', ')}))::VARCHAR`;
}

/** @returns the optional fields that at least one event of a kind has */
export async function usedFields(workspace: Workspace, kind: Source): Promise<Set<string>> {
  const used = new Set<string>();
  for (const field of optionalFields(kind)) {
    // The search ends at the first value. A column without values is not read.
    const some = `SELECT 1 FROM event_row WHERE ${field} IS NOT NULL AND ${kind}_t IS NOT NULL LIMIT 1`;
    if ((await workspace.rows(some)).length > 0) used.add(field);
  }
  return used;
}

import type { Source } from '@ad-analytics/event-schemas';
import { FIELDS, NUMBERS, hasField } from './contract-columns';
import { judgedRows } from './judgement';
import { sqlText } from './sql-text';
import type { Workspace } from './workspace';

/** Rows from which it is seen which fields have values. */
const SAMPLED_ROWS = 20_000;

export const KINDS = ['impression', 'click'] as const satisfies readonly Source[];

/** A query of a mapping, with name and type of each of its columns. */
export interface MappingQuery {
  readonly query: string;
  readonly columns: ReadonlyMap<string, string>;
}

/**
 * The rows that were read. Of each kind the time of the event in milliseconds, and the event as a line of JSON; both NULL where the row
 * is none of this kind, and none of either where it is not valid. `derived_id` is NULL where a row has its id. `aside` is
 * JSON and mostly NULL: `reason` and `row` of a row that is not valid, or what the lines leave out (`impression`, `click`).
 * Rows are read back once: packing them would take a third of the import's CPU time, even where they are NULL.
 */
export const EVENT_ROW_TABLE = `CREATE TABLE event_row (${[
  ...KINDS.flatMap((kind) => [`${kind}_t BIGINT`, `${kind} VARCHAR`]),
  'derived_id VARCHAR',
  'aside VARCHAR',
]
  .map((column) => `${column} USING COMPRESSION uncompressed`)
  .join(', ')})`;

/** A condition over `event_row`: the row is not an event. */
export const IS_REFUSED = 'impression_t IS NULL AND click_t IS NULL';

/** @returns the fields of a kind that an event may lack, in the order of the contract */
function optionalFields(kind: Source): string[] {
  return [...FIELDS].filter(([field, { required }]) => hasField(kind, field) && !required).map(([field]) => field);
}

/** @returns the fields of a kind with the optional ones among those that are named, in the order of the contract */
function fieldsOf(kind: Source, optional: ReadonlySet<string>): string[] {
  return [...FIELDS]
    .filter(([field, { required }]) => hasField(kind, field) && (required || optional.has(field)))
    .map(([field]) => field);
}

/**
 * Looks at the first rows of all queries.
 * @returns of each kind the optional fields that have a value in some valid event; there may be more behind
 */
export async function sampledFields(
  workspace: Workspace,
  queries: readonly MappingQuery[],
): Promise<Record<Source, Set<string>>> {
  const found = { impression: new Set<string>(), click: new Set<string>() };
  for (const { query, columns } of queries) {
    const counts = KINDS.flatMap((kind) =>
      optionalFields(kind).map((field) => `count(${field}) FILTER (reason IS NULL AND is_${kind}) AS ${kind}_${field}`),
    );
    const [row = {}] = await workspace.rows(
      `SELECT ${counts.join(', ')} FROM (${judgedRows(`SELECT * FROM (${query}) LIMIT ${SAMPLED_ROWS}`, columns)})`,
    );
    for (const kind of KINDS)
      for (const field of optionalFields(kind)) if (Number(row[`${kind}_${field}`]) > 0) found[kind].add(field);
  }
  return found;
}

/** Values of the fields that are not columns as they are, in the event of a kind. */
const VALUES: Readonly<Record<Source, Readonly<Record<string, string>>>> = {
  impression: { impression_id: 'coalesce(impression_id, derived_id)' },
  click: {
    // The id of a click that has none is that of its impression where one row stands for both, and its own otherwise.
    impression_id: 'CASE WHEN is_impression THEN coalesce(impression_id, derived_id) ELSE impression_id END',
    click_id:
      'CASE WHEN is_impression THEN coalesce(click_id, impression_id, derived_id) ELSE coalesce(click_id, derived_id) END',
  },
};
const TIMES: Readonly<Record<Source, string>> = { impression: 't', click: 'coalesce(click_t, t)' };

function jsonObject(kind: Source, fields: readonly string[]): string {
  const value = (field: string) => {
    if (field === 'event_time') return `strftime(epoch_ms(${TIMES[kind]}), '%Y-%m-%dT%H:%M:%S.%gZ')`;
    return VALUES[kind][field] ?? (NUMBERS.has(field) ? `try_cast(${field} AS BIGINT)` : field);
  };
  return `to_json(struct_pack(${fields.map((field) => `${field} := ${value(field)}`).join(', ')}))`;
}

/**
 * @param lineFields of each kind the optional fields that a line holds, NULL or not; what other fields hold goes to the column for the rest
 * @returns a query with the columns of the table `event_row`
 */
export function eventRows({ query, columns }: MappingQuery, lineFields: Record<Source, ReadonlySet<string>>): string {
  const left: string[] = [];
  const list = KINDS.flatMap((kind) => {
    const isEvent = `reason IS NULL AND is_${kind}`;
    const rest = optionalFields(kind).filter((field) => !lineFields[kind].has(field) && columns.has(field));
    if (rest.length > 0) {
      const some = rest.map((field) => `${field} IS NOT NULL`).join(' OR ');
      left.push(`${kind} := CASE WHEN is_${kind} AND (${some}) THEN ${jsonObject(kind, rest)} END`);
    }
    return [
      `CASE WHEN ${isEvent} THEN ${TIMES[kind]} END AS ${kind}_t`,
      `CASE WHEN ${isEvent} THEN ${jsonObject(kind, fieldsOf(kind, lineFields[kind]))}::VARCHAR END AS ${kind}`,
    ];
  });
  const all = new Set(KINDS.flatMap((kind) => optionalFields(kind).filter((field) => !lineFields[kind].has(field))));
  const some = [...all].filter((field) => columns.has(field)).map((field) => `${field} IS NOT NULL`);
  const aside = [
    'WHEN reason IS NOT NULL THEN to_json(struct_pack(reason := reason, "row" := to_json(source_row)))',
    ...(some.length === 0 ? [] : [`WHEN ${some.join(' OR ')} THEN to_json(struct_pack(${left.join(', ')}))`]),
  ];
  return `SELECT ${list.join(',\n  ')}, derived_id, CASE ${aside.join(' ')} END::VARCHAR AS aside FROM (${judgedRows(query, columns)})`;
}

/**
 * The lines of a kind, with all fields that have a value in some event.
 * @param lineFields of the kind, as in `eventRows`
 * @returns an expression over the table `event_row`
 */
export async function lineOf(
  workspace: Workspace,
  kind: Source,
  line: string,
  lineFields: ReadonlySet<string>,
): Promise<string> {
  const rest = optionalFields(kind).filter((field) => !lineFields.has(field));
  const structure = (fields: readonly string[]) =>
    JSON.stringify(Object.fromEntries(fields.map((field) => [field, NUMBERS.has(field) ? 'BIGINT' : 'VARCHAR'])));
  if (rest.length === 0) return line;
  const left = `from_json(aside, ${sqlText(`{"${kind}":${structure(rest)}}`)}).${kind}`;
  const counts = rest.map((field) => `count(rest.${field}) AS ${field}`);
  const [row = {}] = await workspace.rows(
    `SELECT ${counts.join(', ')} FROM (SELECT ${left} AS rest FROM event_row WHERE ${kind}_t IS NOT NULL AND aside IS NOT NULL)`,
  );
  const late = rest.filter((field) => Number(row[field]) > 0);
  if (late.length === 0) return line;
  // Rare: a field had no value in the first rows. Its place is among the others, in every line.
  const inLine = fieldsOf(kind, lineFields);
  const values = fieldsOf(kind, new Set([...lineFields, ...late])).map((field) => {
    const from = inLine.includes(field) ? `from_json(${line}, ${sqlText(structure(inLine))})` : left;
    return `${field} := (${from}).${field}`;
  });
  return `to_json(struct_pack(${values.join(', ')}))::VARCHAR`;
}

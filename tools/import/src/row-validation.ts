import { type Source } from '@ad-analytics/event-schemas';
import { CommandError } from '@ad-analytics/command-line/errors';
import { grouped } from '@ad-analytics/command-line/progress';
import { EXTRA_COLUMNS, FIELDS, type Limits, NUMBERS } from './contract-columns';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { identifier, sqlTexts } from './sql-text';

/** Separates the reasons of a row. No reason contains it. */
export const REASON_SEPARATOR = '; ';

/** 1970-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z in milliseconds: the contract's limits of an event's time. */
const LAST_TIME = 253_402_300_799_999;

const FORM_IN_WORDS: Readonly<Record<string, string>> = {
  country: 'must be two upper-case letters (ISO 3166-1 alpha-2)',
  ip: 'must be an IPv4 or IPv6 address',
};

/** Cannot occur in a text of a log, so different contents stay different when they are joined. */
const BETWEEN = 'chr(31)';
const NOTHING = 'chr(30)';

type Columns = ReadonlyMap<string, string>;

/**
 * Rejects a query whose columns are not enough for events.
 * @param columns name and DuckDB type of each column of the query
 * @throws CommandError (exit code 2) that names the column
 */
export function checkColumns(name: string, columns: Columns): void {
  const known = [...FIELDS.keys(), ...Object.keys(EXTRA_COLUMNS)];
  for (const column of columns.keys()) {
    if (!known.includes(column))
      throw new CommandError(`${name}: unknown column ${column}. A mapping can return: ${known.join(', ')}.`, 2);
  }
  if (columns.has('event_type') && columns.has('clicked'))
    throw new CommandError(`${name}: give event_type (a row is one event) or clicked (a row can be two), not both.`, 2);
  for (const [field, { required }] of FIELDS) {
    // An event's own id is derived if it is missing.
    const derived = field === 'click_id' || (field === 'impression_id' && kindOf(columns) !== 'click');
    if (required && !derived && !columns.has(field))
      throw new CommandError(`${name}: the query does not return ${field}, which every event must have.`, 2);
  }
  for (const field of ['event_time', 'click_time']) {
    const type = columns.get(field) ?? 'VARCHAR';
    if (!/^(VARCHAR|DATE|TIMESTAMP.*)$/.test(type)) {
      throw new CommandError(
        `${name}: ${field} is a number (${type}) without a unit. Write time_from_seconds(...), ` +
          'time_from_milliseconds(...) or time_from_microseconds(...) around it.',
        2,
      );
    }
  }
}

/**
 * @returns what each row of a query is: an event of one kind, an event of the kind given in the row, or an impression with or without a
 * click
 */
function kindOf(columns: Columns): Source | 'own' | 'clicked' {
  if (columns.has('event_type')) return 'own';
  if (columns.has('clicked')) return 'clicked';
  return columns.has('click_id') ? 'click' : 'impression';
}

function isKind(kind: Source, columns: Columns): string {
  const of = kindOf(columns);
  if (of === 'own') return `coalesce(event_type = ${sqlLiteral(kind)}, false)`;
  if (of === 'clicked') return kind === 'impression' ? 'true' : 'coalesce(try_cast(clicked AS BOOLEAN), false)';
  return String(of === kind);
}

/** @returns a column as a time; NULL for none */
function time(column: string, columns: Columns): string {
  if (!columns.has(column)) return 'NULL::TIMESTAMPTZ';
  return columns.get(column) === 'VARCHAR' ? `time_from_text(${column})` : `${column}::TIMESTAMPTZ`;
}

/** @returns the milliseconds of a time; NULL for none and for infinity */
const milliseconds = (at: string) => `CASE WHEN isfinite(${at}) THEN epoch_ms(${at}) END`;

/** @returns the select list that makes typed columns of those of a query */
function typed(columns: Columns): string {
  const list = [
    `${isKind('impression', columns)} AS is_impression`,
    `${isKind('click', columns)} AS is_click`,
    `${milliseconds('event_at')} AS t`,
    `${milliseconds('click_at')} AS click_t`,
    `${columns.has('event_time') ? 'event_time IS NOT NULL' : 'false'} AS has_time`,
    `${columns.has('click_time') ? 'click_time IS NOT NULL' : 'false'} AS has_click_time`,
  ];
  for (const field of FIELDS.keys()) {
    if (field === 'event_time') continue;
    if (!NUMBERS.has(field)) list.push(`${columns.has(field) ? `${field}::VARCHAR` : 'NULL::VARCHAR'} AS ${field}`);
    else if (columns.has(field))
      list.push(`try_cast(${field} AS DOUBLE) AS ${field}, ${field} IS NOT NULL AS has_${field}`);
    else list.push(`NULL::DOUBLE AS ${field}, false AS has_${field}`);
  }
  if (kindOf(columns) === 'own') list.push('event_type');
  if (kindOf(columns) === 'clicked')
    list.push('clicked IS NOT NULL AND try_cast(clicked AS BOOLEAN) IS NULL AS odd_label');
  list.push(
    `${columns.has('source_row') ? 'source_row' : `struct_pack(${[...columns.keys()].map((c) => `${identifier(c)} := ${identifier(c)}`).join(', ')})`} AS source_row`,
  );
  return list.join(', ');
}

/** NOT IN with many values would become a join, after which rows are not in the order of the file. */
const isNoneOf = (field: string, values: readonly string[]) => `NOT list_contains(${sqlTexts(values)}, ${field})`;

/** @returns a fast condition that is true for every invalid text of the field, and for few valid ones */
function isSuspicious(field: string, { required, minLength = 0, maxLength, oneOf, form }: Limits): string {
  const conditions: string[] = [];
  // The number of bytes is an upper bound of the number of characters, and is known without counting.
  if (maxLength !== undefined) conditions.push(`strlen(${field}) NOT BETWEEN ${minLength} AND ${maxLength}`);
  else if (minLength > 0) conditions.push(`strlen(${field}) < ${minLength}`);
  if (required) conditions.push(`${field} IS NULL`);
  if (oneOf !== undefined) conditions.push(isNoneOf(field, oneOf));
  if (form !== undefined) conditions.push(`NOT regexp_full_match(${field}, ${sqlLiteral(form)})`);
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}

/** @returns an expression: the reason why a text is invalid for the field, or NULL */
function textReason(field: string, limits: Limits): string {
  const cases: string[] = [];
  const add = (condition: string, reason: string) =>
    cases.push(`WHEN ${condition} THEN ${sqlLiteral(`${field}: ${reason}`)}`);
  if (limits.required) add(`${field} IS NULL`, 'is missing');
  if (limits.minLength !== undefined) add(`${field} = ''`, 'must not be empty');
  if (limits.maxLength !== undefined)
    // The number of bytes is an upper bound of the number of characters, and is known without counting.
    add(
      `strlen(${field}) > ${limits.maxLength} AND length(${field}) > ${limits.maxLength}`,
      `must be at most ${limits.maxLength} characters long`,
    );
  if (limits.oneOf !== undefined) add(isNoneOf(field, limits.oneOf), `must be one of ${limits.oneOf.join(', ')}`);
  if (limits.form !== undefined)
    add(
      `NOT regexp_full_match(${field}, ${sqlLiteral(limits.form)})`,
      FORM_IN_WORDS[field] ?? 'does not have the form that the contract requires',
    );
  return cases.length === 0 ? 'NULL' : `CASE ${cases.join(' ')} END`;
}

/** @returns a condition that is true if the number is invalid for the field */
function isWrongNumber(field: string, { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Limits): string {
  const outside = `${field} IS NULL OR NOT ${field} BETWEEN ${minimum} AND ${maximum} OR ${field} <> floor(${field})`;
  return `(is_impression AND has_${field} AND (${outside}))`;
}

function numberReason(field: string, limits: Limits): string {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = limits;
  const reason = `${field}: must be a whole number from ${grouped(minimum)} to ${grouped(maximum)}`;
  return `CASE WHEN ${isWrongNumber(field, limits)} THEN ${sqlLiteral(reason)} END`;
}

function timeReason(name: string, column: string, present: string, required: boolean): string {
  return `CASE ${required ? `WHEN NOT ${present} THEN '${name}: is missing'` : ''}
    WHEN ${present} AND ${column} IS NULL THEN '${name}: cannot be read as a time'
    WHEN ${column} NOT BETWEEN 0 AND ${LAST_TIME} THEN '${name}: must be from 1970 to 9999' END`;
}

const isWrongTime = (column: string) => `coalesce(${column} NOT BETWEEN 0 AND ${LAST_TIME}, true)`;

/** @returns an expression: all reasons why a row is not an event, or NULL */
function reasons(columns: Columns): string {
  const of = kindOf(columns);
  const list = [timeReason('event_time', 't', 'has_time', true)];
  const suspicious = [isWrongTime('t')];
  const add = (condition: string, reason: string, suspicion: string) => {
    list.push(condition === '' ? reason : `CASE WHEN ${condition} THEN ${reason} END`);
    suspicious.push(condition === '' ? suspicion : `(${condition} AND ${suspicion})`);
  };
  if (of === 'own') {
    list.unshift(`CASE WHEN NOT (is_impression OR is_click) THEN 'event_type: is neither impression nor click' END`);
    suspicious.push('NOT (is_impression OR is_click)');
  }
  if (of === 'clicked') {
    add('odd_label', `'clicked: must be true or false'`, 'true');
    add(
      'is_click',
      timeReason('click_time', 'click_t', 'has_click_time', false),
      `has_click_time AND ${isWrongTime('click_t')}`,
    );
  }
  for (const [field, limits] of FIELDS) {
    const optional = { ...limits, required: false };
    if (field === 'event_time') continue;
    if (NUMBERS.has(field)) {
      if (columns.has(field)) add('', numberReason(field, limits), isWrongNumber(field, limits));
    } else if (field === 'click_id') add('is_click', textReason(field, optional), isSuspicious(field, optional));
    else if (field === 'impression_id')
      add('NOT (is_impression AND impression_id IS NULL)', textReason(field, limits), isSuspicious(field, limits));
    else if (columns.has(field)) add('', textReason(field, limits), isSuspicious(field, limits));
  }
  // A row that is neither an impression nor a click has only this reason; its other fields are not checked.
  const all = `concat_ws(${sqlLiteral(REASON_SEPARATOR)}, ${list.join(',\n  ')})`;
  const rowReason = of === 'own' ? `CASE WHEN is_impression OR is_click THEN ${all} ELSE ${list[0]} END` : all;
  // Most rows are valid, so the reasons are computed only for suspicious rows.
  return `CASE WHEN ${suspicious.join('\n  OR ')} THEN nullif(${rowReason}, '') END`;
}

/** @returns an expression: the hash of a row's content, which is its id if it has none */
function contentHash(columns: Columns): string {
  const given = [...FIELDS.keys()].filter((field) => columns.has(field) && field !== 'event_time');
  const content = [
    ...given.map((field) => `coalesce(${field}::VARCHAR, ${NOTHING})`),
    't',
    `coalesce(click_t::VARCHAR, ${NOTHING})`,
  ];
  return `md5(concat_ws(${BETWEEN}, ${content.join(', ')}))`;
}

/**
 * The query that converts the rows of a mapping's query to the contract's types and validates them.
 * @param query of the mapping
 * @param columns name and type of each of its columns
 * @returns a query with all fields, t and click_t (milliseconds), is_impression, is_click, reason (NULL for a valid row), derived_id
 *   (NULL if the row has an id) and source_row
 */
export function validatedRows(query: string, columns: Columns): string {
  // A separate step: within a CASE, DuckDB would read the text of a time twice.
  return `WITH mapped AS (${query}),
timed AS (SELECT *, ${time('event_time', columns)} AS event_at, ${time('click_time', columns)} AS click_at FROM mapped),
typed AS (SELECT ${typed(columns)} FROM timed),
validated AS (SELECT *, ${reasons(columns)} AS reason FROM typed)
SELECT *, CASE WHEN reason IS NULL AND ((is_impression AND impression_id IS NULL) OR (is_click AND NOT is_impression AND click_id IS NULL))
  THEN ${contentHash(columns)} END AS derived_id
FROM validated`;
}

import { clickSchema, impressionSchema, type RecordType } from '@ad-analytics/event-schemas';
import type { Database } from './database';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import type { Example, TypeLedger } from './ledger';

const RELATIVE_TOLERANCE = 1e-9;
const SCORE_TOLERANCE = 0.01;
/** Tolerance for rounded findings: z-scores have four decimals, variations six. */
const ROUNDED_TOLERANCE = 1e-6;

/** Columns of an expected table that are not in the payload. */
const ENVELOPE = ['record_id', 'record_time', 'final_at'];

/** Names of the fields of events, as a list in SQL. */
const EVENT_FIELDS = `[${Object.keys({ ...impressionSchema.shape, ...clickSchema.shape })
  .map(sqlLiteral)
  .join(', ')}]`;

/** Fields that are not compared by equality: SQL conditions over e (expected) and f (found). */
const COMPARISONS: Readonly<Partial<Record<RecordType, Readonly<Record<string, string>>>>> = {
  // Scores are rounded to two decimals, so the last digit may differ. The margin is for the subtraction of two doubles.
  user_engagement: { score: `abs(e.score - f.score) <= ${SCORE_TOLERANCE} + ${RELATIVE_TOLERANCE}` },
  fraud_alert: {
    observed: `(${sameField('observed', 'DOUBLE')} OR
      e.rule IN ('publisher_ctr_anomaly', 'metronome') AND abs(e.observed - f.observed) <= ${ROUNDED_TOLERANCE} + ${RELATIVE_TOLERANCE})`,
  },
  // The wording is free, but the reason must name one of the invalid fields. If the record is withheld, the reason must not quote it.
  rejected_event: {
    reason: `len(list_filter(string_split(e.reason, ' or '), lambda name: contains(lower(f.reason), lower(name)))) > 0
      AND (e.raw IS NOT NULL OR f.reason IN ('not valid JSON', 'record') OR list_has_all(${EVENT_FIELDS}, string_split(f.reason, '; ')))`,
  },
};

/** Fields that identify a late or rejected record if its position is unknown. */
const CONTENT: Readonly<Partial<Record<RecordType, readonly string[]>>> = {
  late_event: ['source', 'event_id', 'event_time', 'lateness_ms'],
  // Null where the job withholds the records.
  rejected_event: ['source', 'raw', 'raw_length'],
};

interface Column {
  readonly name: string;
  readonly type: string;
}

/**
 * Compares the results of one type with the table expected_<type>.
 * @param database with that table and the table result
 * @param options `examples` of each kind; `byContent`: positions are unknown; `watermark` (milliseconds since the epoch): results that are
 *   final only later may be missing
 */
export async function compareType(
  database: Database,
  recordType: RecordType,
  options: { examples: number; byContent: boolean; watermark: number | undefined },
): Promise<TypeLedger> {
  const [expected, found, matched] = [`expected_${recordType}`, `found_${recordType}`, `matched_${recordType}`];
  const fields = (await database.columns(expected)).filter(({ name }) => !ENVELOPE.includes(name));
  await database.run(`CREATE TABLE ${found} AS ${foundQuery(recordType, fields)}`);
  const content = options.byContent ? CONTENT[recordType] : undefined;
  if (content !== undefined) for (const table of [expected, found]) await nameByContent(database, table, content);
  const conditions = fields.map(({ name, type }) => COMPARISONS[recordType]?.[name] ?? sameField(name, type));
  // If positions are unknown, so is the arrival time, which is the time of a rejected record.
  if (content === undefined || recordType !== 'rejected_event') conditions.push('e.record_time = f.record_time');
  await database.run(`CREATE TABLE ${matched} AS
    SELECT e.rowid AS expected_row, f.rowid AS found_row FROM ${expected} e JOIN ${found} f
    ON e.record_id = f.record_id AND f.only_these_fields AND ${conditions.join(' AND ')}`);
  const views = differences({ expected, found, matched }, options.watermark);
  const count = (sql: string) => database.number(`SELECT count(*) FROM (${sql})`);
  const examples = async (sql: string) =>
    (await database.rows(`${sql} LIMIT ${options.examples}`)) as { e: string; f: string }[];
  const parse = (text: string) => JSON.parse(text) as Example;
  return {
    recordType,
    expected: await count(`FROM ${expected}`),
    found: await count(`FROM ${found}`),
    missing: await count(views.missing),
    pending: await count(views.pending),
    extra: await count(views.extra),
    differing: await count(`SELECT DISTINCT record_id FROM (${views.differing})`),
    repeated: await database.number(`SELECT coalesce(sum(deliveries - 1), 0) FROM ${found}`),
    examples: {
      missing: (await examples(views.missing)).map(({ e }) => parse(e)),
      extra: (await examples(views.extra)).map(({ f }) => parse(f)),
      differing: (await examples(views.differing)).map(({ e, f }) => ({ expected: parse(e), found: parse(f) })),
    },
  };
}

/** One row per record_id and content; a record delivered again with the same content is one row with more deliveries. */
function foundQuery(recordType: RecordType, fields: readonly Column[]): string {
  const structure = JSON.stringify(Object.fromEntries(fields.map(({ name, type }) => [name, type])));
  const names = fields.map(({ name }) => name);
  return `
    SELECT record_id, event_time AS record_time, only_these_fields, count(*) AS deliveries, ${names.map((name) => `content.${name}`).join(', ')}
    FROM (
      SELECT record_id, event_time, json_transform_strict(payload, ${sqlLiteral(structure)}) AS content,
             list_sort(json_keys(payload)) = list_sort([${names.map(sqlLiteral).join(', ')}]) AS only_these_fields
      FROM result WHERE record_type = ${sqlLiteral(recordType)}
    )
    GROUP BY ALL`;
}

function sameField(name: string, type: string): string {
  const same = `e.${name} IS NOT DISTINCT FROM f.${name}`;
  if (type !== 'DOUBLE') return same;
  return `(${same} OR abs(e.${name} - f.${name}) <= ${RELATIVE_TOLERANCE} * greatest(abs(e.${name}), abs(f.${name})))`;
}

/** Replaces ids by a hash of the content and a number among equal records, so that equal records match one by one. */
async function nameByContent(database: Database, table: string, content: readonly string[]): Promise<void> {
  const key = `to_json([${content.map((name) => `${name}::VARCHAR`).join(', ')}])`;
  await database.run(`CREATE OR REPLACE TABLE ${table} AS
    SELECT * REPLACE (md5(${key}) || '#' || row_number() OVER (PARTITION BY ${key}) AS record_id) FROM ${table}`);
}

/** Queries for records that do not match; their columns e and f contain the records as JSON. */
function differences(tables: { expected: string; found: string; matched: string }, watermark: number | undefined) {
  const { expected, found, matched } = tables;
  const unmatchedExpected = `(SELECT * FROM ${expected} WHERE rowid NOT IN (SELECT expected_row FROM ${matched}))`;
  const unmatchedFound = `(SELECT * FROM ${found} WHERE rowid NOT IN (SELECT found_row FROM ${matched}))`;
  const absent = `SELECT to_json(e)::VARCHAR AS e FROM ${unmatchedExpected} e
    WHERE record_id NOT IN (SELECT record_id FROM ${unmatchedFound})`;
  const pending = watermark === undefined ? 'false' : `coalesce(final_at > ${watermark}, false)`;
  return {
    missing: `${absent} AND NOT ${pending}`,
    pending: `${absent} AND ${pending}`,
    extra: `SELECT to_json(f)::VARCHAR AS f FROM ${unmatchedFound} f WHERE record_id NOT IN (SELECT record_id FROM ${expected})`,
    // For an example, any of several expected records of an id can be used.
    differing: `SELECT f.record_id, to_json(any_value(e))::VARCHAR AS e, to_json(any_value(f))::VARCHAR AS f
      FROM ${unmatchedFound} f JOIN ${expected} e ON e.record_id = f.record_id GROUP BY f.record_id`,
  };
}

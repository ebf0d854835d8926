import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { identifier } from '../sql-text';
import type { Workspace } from '../workspace';

/** Rows that are looked at: the first ones. */
const SAMPLED_ROWS = 20_000;
const COMMON_VALUES = 12;

/** Forms of times that DuckDB does not read by itself, the more exact ones first. */
const TIME_FORMS = [
  '%Y%m%d%H%M%S%g',
  '%Y%m%d%H%M%S',
  '%d/%b/%Y:%H:%M:%S %z',
  '%d/%b/%Y:%H:%M:%S',
  '%d/%b/%Y %H:%M:%S',
  '%a, %d %b %Y %H:%M:%S GMT',
  '%d.%m.%Y %H:%M:%S',
  '%d.%m.%Y %H:%M',
  '%m/%d/%Y %H:%M:%S',
  '%m/%d/%Y %H:%M',
  '%d/%m/%Y %H:%M:%S',
  '%d/%m/%Y %H:%M',
  '%m/%d/%Y %I:%M:%S %p',
  '%Y%m%d%H',
  '%y%m%d%H',
  '%Y%m%d',
] as const;

/** Times before and after which a number is not taken for a time: 2001-09-09 and 2065-01-24, in seconds. */
const FIRST_SECOND = 1_000_000_000;
const LAST_SECOND = 3_000_000_000;

const isMasked = (value: string) => `regexp_full_match(${value}, '[0-9]{1,3}(\\.[0-9]{1,3}){0,2}(\\.[xX*]+){1,3}')`;
const COUNTS = {
  numbers: (v: string) => `try_cast(${v} AS DOUBLE) IS NOT NULL`,
  seconds: (v: string) => `try_cast(${v} AS DOUBLE) BETWEEN ${FIRST_SECOND} AND ${LAST_SECOND}`,
  milliseconds: (v: string) => `try_cast(${v} AS DOUBLE) BETWEEN ${FIRST_SECOND}e3 AND ${LAST_SECOND}e3`,
  microseconds: (v: string) => `try_cast(${v} AS DOUBLE) BETWEEN ${FIRST_SECOND}e6 AND ${LAST_SECOND}e6`,
  timeTexts: (v: string) => `time_from_text(${v}) IS NOT NULL`,
  zones: (v: string) => `regexp_matches(${v}, ':.*(?:[Zz]|UTC|GMT|[+-][0-9]{2}:?[0-9]{0,2})$')`,
  booleans: (v: string) => `lower(${v}) IN ('0', '1', 'true', 'false', 't', 'f', 'yes', 'no', 'y', 'n')`,
  trues: (v: string) => `lower(${v}) IN ('1', 'true', 't', 'yes', 'y')`,
  addresses: (v: string) => `whole_ip(${v}) IS NOT NULL`,
  maskedAddresses: isMasked,
  upperCodes: (v: string) => `regexp_full_match(${v}, '[A-Z]{2}')`,
  lowerCodes: (v: string) => `regexp_full_match(${v}, '[a-z]{2}')`,
  countryNames: (v: string) => `length(${v}) > 2 AND country_code(${v}) IS NOT NULL`,
  devices: (v: string) => `device_class(${v}) NOT IN ('other')`,
  userAgents: (v: string) => `regexp_matches(${v}, '^(Mozilla|Dalvik|Opera|okhttp)/')`,
  sizes: (v: string) => `regexp_full_match(${v}, '[0-9]{1,4}x[0-9]{1,4}')`,
  leftovers: (v: string) => `${v} <> '' AND filled_in(${v}) IS NULL`,
} as const;

/** What the sampled values of a column are like. */
export interface ColumnProfile extends Readonly<Record<keyof typeof COUNTS, number>> {
  readonly name: string;
  readonly type: string;
  /** Values that are there. */
  readonly values: number;
  readonly rows: number;
  readonly distinct: number;
  /** Least and greatest as numbers. */
  readonly least: number;
  readonly greatest: number;
  /** The commonest values, and a macro that was not filled in. */
  readonly common: readonly string[];
  readonly leftover?: string;
  /** The first of {@link TIME_FORMS} that all values have. */
  readonly timeForm?: string;
}

async function profile(workspace: Workspace, name: string, type: string): Promise<ColumnProfile> {
  const column = identifier(name);
  const counts = Object.entries(COUNTS).map(([key, condition]) => `count(*) FILTER (${condition('v')}) AS ${key}`);
  const forms = TIME_FORMS.map(
    (form, index) => `count(*) FILTER (try_strptime(v, ${sqlLiteral(form)}) IS NOT NULL) AS form_${index}`,
  );
  const [row = {}] = await workspace.rows(`
    SELECT count(v) AS values, count(*) AS rows, count(DISTINCT v) AS distinct_values, min(try_cast(v AS DOUBLE)) AS least,
      max(try_cast(v AS DOUBLE)) AS greatest, any_value(v) FILTER (${COUNTS.leftovers('v')}) AS leftover, ${[...counts, ...forms].join(', ')}
    FROM (SELECT ${column}::VARCHAR AS v FROM sampled)`);
  const common = await workspace.rows(
    `SELECT ${column}::VARCHAR AS v FROM sampled WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT ${COMMON_VALUES}`,
  );
  const values = Number(row['values']);
  const form = values === 0 ? undefined : TIME_FORMS.find((_form, index) => Number(row[`form_${index}`]) === values);
  return {
    ...(Object.fromEntries(Object.keys(COUNTS).map((key) => [key, Number(row[key])])) as Record<
      keyof typeof COUNTS,
      number
    >),
    name,
    type,
    values,
    rows: Number(row['rows']),
    distinct: Number(row['distinct_values']),
    least: Number(row['least']),
    greatest: Number(row['greatest']),
    common: common.map(({ v }) => String(v)),
    ...(row['leftover'] === null || row['leftover'] === undefined ? {} : { leftover: String(row['leftover']) }),
    ...(form === undefined ? {} : { timeForm: form }),
  };
}

/** @returns what each column of the view `source` is like, in its first rows */
export async function profileColumns(workspace: Workspace): Promise<ColumnProfile[]> {
  await workspace.run(`CREATE TABLE sampled AS FROM source LIMIT ${SAMPLED_ROWS}`);
  const profiles: ColumnProfile[] = [];
  for (const [name, type] of await workspace.columns('FROM sampled')) {
    if (name !== 'source_file') profiles.push(await profile(workspace, name, type));
  }
  return profiles;
}

/** @returns whether nearly all values that are there have a property; a few may be broken */
export function nearlyAll(profileOf: ColumnProfile, count: number): boolean {
  return profileOf.values > 0 && count >= 0.95 * profileOf.values;
}

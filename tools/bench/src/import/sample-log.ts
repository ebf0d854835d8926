import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { identifier } from '@ad-analytics/import/sql-text';

/** Number of impressions per click. */
const IMPRESSIONS_PER_CLICK = 50;
/** Rows are out of order by up to this: several servers write into one file. */
const DISORDER_MS = 120_000;
const DAY_MS = 86_400_000;

/** Formats of the log that is imported. */
export const LOG_FORMATS = ['csv', 'parquet'] as const;

export interface SampleLog {
  readonly rows: number;
  readonly format: (typeof LOG_FORMATS)[number];
  readonly seed: number;
  readonly file: string;
}

/** @returns a statement that writes a log with the contract's names, impressions and clicks in one file, a day of them, nearly by time */
export function writeSampleLog({ rows, format, seed, file }: SampleLog): string {
  const random = (salt: number) => `hash(i, ${salt}, ${seed})`;
  const time = `epoch_ms(1717200000000 + (i * ${DAY_MS} // ${rows}) + (${random(0)} % ${DISORDER_MS})::BIGINT)`;
  const isClick = `i % ${IMPRESSIONS_PER_CLICK} = ${IMPRESSIONS_PER_CLICK - 1}`;
  const options = format === 'csv' ? 'FORMAT csv, HEADER true' : 'FORMAT parquet';
  return `COPY (
    SELECT CASE WHEN ${isClick} THEN 'i-' || (i - 7) ELSE 'i-' || i END AS impression_id,
      CASE WHEN ${isClick} THEN 'k-' || i END AS click_id,
      strftime(${time}, '%Y-%m-%dT%H:%M:%S.%gZ') AS event_time,
      'user-' || (${random(1)} % (${rows} // 20 + 1)) AS user_id,
      'campaign-' || (${random(2)} % 50) AS campaign_id,
      'ad-' || (${random(3)} % 400) AS ad_id,
      'publisher-' || (${random(4)} % 200) AS publisher_id,
      ['mobile', 'desktop', 'tablet', 'ctv'][1 + (${random(5)} % 4)::BIGINT] AS device_type,
      ['DE', 'US', 'FR', 'JP', 'BR'][1 + (${random(6)} % 5)::BIGINT] AS country,
      concat_ws('.', 10, ${random(7)} % 256, ${random(8)} % 256, ${random(9)} % 256) AS ip
    FROM range(${rows}) r(i)
  ) TO ${sqlLiteral(file)} (${options})`;
}

/** Left out of the copy, where nearly all rows would have "click_id":null: the import does not write that. */
const NOT_COPIED = 'click_id';

/** @returns DuckDB's own copy of the log to JSON lines in the file `target`, in the order of the log */
export function copyToJson({ format, file }: SampleLog, target: string): string {
  const rows =
    format === 'csv' ? `read_csv(${sqlLiteral(file)}, all_varchar = true)` : `read_parquet(${sqlLiteral(file)})`;
  return `COPY (SELECT * EXCLUDE (${identifier(NOT_COPIED)}) FROM ${rows}) TO ${sqlLiteral(target)} (FORMAT json)`;
}

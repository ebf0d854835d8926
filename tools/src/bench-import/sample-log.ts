import { sqlText } from '../import/sql-text';

/** One click for so many impressions. */
const IMPRESSIONS_A_CLICK = 50;
/** Rows are out of order by up to so much: what several servers write into one file. */
const DISORDER_MS = 120_000;
const DAY_MS = 86_400_000;

/**
 * @param rows how many
 * @param file to write
 * @returns a statement that writes a CSV with the contract's names, impressions and clicks in one file, a day of them, nearly by time
 */
export function writeSampleLog(rows: number, file: string): string {
  const time = `epoch_ms(1717200000000 + (i * ${DAY_MS} // ${rows}) + (hash(i) % ${DISORDER_MS})::BIGINT)`;
  const isClick = `i % ${IMPRESSIONS_A_CLICK} = ${IMPRESSIONS_A_CLICK - 1}`;
  return `COPY (
    SELECT CASE WHEN ${isClick} THEN 'i-' || (i - 7) ELSE 'i-' || i END AS impression_id,
      CASE WHEN ${isClick} THEN 'k-' || i END AS click_id,
      strftime(${time}, '%Y-%m-%dT%H:%M:%S.%gZ') AS event_time,
      'user-' || (hash(i, 1) % (${rows} // 20 + 1)) AS user_id,
      'campaign-' || (hash(i, 2) % 50) AS campaign_id,
      'ad-' || (hash(i, 3) % 400) AS ad_id,
      'publisher-' || (hash(i, 4) % 200) AS publisher_id,
      ['mobile', 'desktop', 'tablet', 'ctv'][1 + (hash(i, 5) % 4)::BIGINT] AS device_type,
      ['DE', 'US', 'FR', 'JP', 'BR'][1 + (hash(i, 6) % 5)::BIGINT] AS country,
      concat_ws('.', 10, hash(i, 7) % 256, hash(i, 8) % 256, hash(i, 9) % 256) AS ip
    FROM range(${rows}) r(i)
  ) TO ${sqlText(file)} (FORMAT csv, HEADER true)`;
}

/**
 * @param file CSV
 * @param target to write
 * @param byTime whether the rows are sorted, which an import must do
 * @returns DuckDB's own way from the CSV to JSON lines
 */
export function copyToJson(file: string, target: string, byTime: boolean): string {
  const rows = `SELECT * FROM read_csv(${sqlText(file)}, all_varchar = true)`;
  return `COPY (${rows}${byTime ? ' ORDER BY event_time' : ''}) TO ${sqlText(target)} (FORMAT json)`;
}

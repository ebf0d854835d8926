import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { RecordType } from '@ad-analytics/event-schemas';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** DuckDB spills larger data to disk. */
const MEMORY_LIMIT = '1GB';
/** A result contains at most a record of 1 MiB in base64. */
const MAX_RECORD_BYTES = 16 * 1_048_576;

const WINDOW = 'window_start TIMESTAMP, window_end TIMESTAMP';

/**
 * The columns that the report needs. Other types and fields are not read, for example the bytes of a rejected record.
 */
const PAYLOADS: Readonly<Partial<Record<RecordType, string>>> = {
  campaign_metrics: `dimension VARCHAR, key VARCHAR, ${WINDOW}, impressions BIGINT, clicks BIGINT, cost_micros BIGINT`,
  attribution_metrics: `campaign_id VARCHAR, ${WINDOW}, impressions BIGINT, valid_clicks BIGINT`,
  attributed_click: 'campaign_id VARCHAR, click_time TIMESTAMP, invalid_reasons VARCHAR[]',
  unattributed_click: 'campaign_id VARCHAR, click_time TIMESTAMP',
  user_engagement: `user_id VARCHAR, ${WINDOW}, impressions BIGINT, clicks BIGINT, distinct_campaigns BIGINT, score DOUBLE`,
  fraud_alert: `rule VARCHAR, actor_type VARCHAR, actor_id VARCHAR, ${WINDOW}, observed DOUBLE, threshold DOUBLE, severity VARCHAR`,
  late_event: 'source VARCHAR',
  rejected_event: 'source VARCHAR, reason VARCHAR',
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The results of a run in a scratch database: a table for each type, a row for each record_id, the last one of the file. */
export class ResultsDatabase {
  private constructor(private readonly connection: DuckDBConnection) {}

  /**
   * @param file results, JSON lines, plain or gzip
   * @param work function that uses the database, which is removed afterwards
   * @throws {Error} when the file cannot be read as results
   */
  static async use<T>(file: string, work: (database: ResultsDatabase) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'ad-analytics-report-'));
    try {
      const instance = await DuckDBInstance.create(path.join(folder, 'report.duckdb'), {
        memory_limit: MEMORY_LIMIT,
        threads: '2',
      });
      try {
        const connection = await instance.connect();
        try {
          await load(connection, file);
          return await work(new ResultsDatabase(connection));
        } finally {
          connection.closeSync();
        }
      } finally {
        instance.closeSync();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** @returns rows of a query. BIGINT values are text: convert counts with `Number()` */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.connection.runAndReadAll(sql)).getRowObjectsJson();
  }
}

async function load(connection: DuckDBConnection, file: string): Promise<void> {
  const structs = Object.entries(PAYLOADS).map(([type, fields]) => {
    const struct = fields.replace(/(\w+) (VARCHAR\[\]|\w+)/g, '"$1" $2');
    return `${type}: ${quoted(`STRUCT(${struct})`)}`;
  });
  const compression = file.endsWith('.gz') ? ", compression = 'gzip'" : '';
  await connection.run(`CREATE TABLE result AS SELECT *, row_number() OVER () AS line FROM read_json(${quoted(file)},
    format = 'newline_delimited', maximum_object_size = ${MAX_RECORD_BYTES}${compression},
    columns = {record_type: 'VARCHAR', record_id: 'VARCHAR', event_time: 'TIMESTAMP', ${structs.join(', ')}})`);
  for (const type of Object.keys(PAYLOADS))
    await connection.run(`CREATE TABLE ${type} AS SELECT event_time, unnest(${type}) FROM (
      SELECT event_time, ${type} FROM result WHERE record_type = '${type}'
      QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY line DESC) = 1)`);
}

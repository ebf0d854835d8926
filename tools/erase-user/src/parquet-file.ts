import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { RecordType } from '@ad-analytics/event-schemas';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { keepWholeTexts } from '@ad-analytics/duckdb-client/whole-texts';
import { belongsTo, idFields, type StoredResult, type Subject, wantedIds } from './subject';

const MEMORY_LIMIT = '1GB';
const THREADS = '2';

/** Searches Parquet files of the archive for a user, and writes them without the user's rows. */
export class ParquetFiles {
  private constructor(private readonly connection: DuckDBConnection) {}

  /** @param work what to do with it @returns what the work returns */
  static async use<T>(work: (files: ParquetFiles) => Promise<T>): Promise<T> {
    keepWholeTexts();
    const instance = await DuckDBInstance.create(':memory:', { memory_limit: MEMORY_LIMIT, threads: THREADS });
    const connection = await instance.connect();
    try {
      return await work(new ParquetFiles(connection));
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  /**
   * @param file of results of one type
   * @param type whose struct the rows have
   * @returns the rows that belong to the user; {@link writeWithout} removes the same ones
   * @throws {Error} when it is not a Parquet file with the columns of the archive
   */
  async search(file: string, type: RecordType, subject: Subject): Promise<StoredResult[]> {
    await this.fill('wanted', 'id VARCHAR', wantedIds(subject));
    const conditions = idFields(type).map((field) => `"${type}"."${field}" IN (SELECT id FROM wanted)`);
    const found: StoredResult[] = [];
    const rows: bigint[] = [];
    const candidates = await this.connection.stream(
      `SELECT file_row_number, record_id, to_json("${type}") AS fields FROM ${rowsOf(file)}
       WHERE ${conditions.length === 0 ? `"${type}" IS NOT NULL` : conditions.join(' OR ')}`,
    );
    for await (const chunk of candidates.yieldRowsJs()) {
      for (const [row, record_id, fields] of chunk) {
        const record = { record_type: type, record_id: String(record_id), fields: JSON.parse(String(fields)) };
        if (!belongsTo(subject, record)) continue;
        found.push(record);
        rows.push(BigInt(row as bigint));
      }
    }
    await this.fill('erased', 'row BIGINT', rows);
    return found;
  }

  /**
   * Writes the rows that the latest {@link search} of the same file did not find.
   * @param file that was searched
   * @param target path of the new file, with the same columns
   * @returns how many rows it has
   * @throws {Error} when a row would be lost
   */
  async writeWithout(file: string, target: string): Promise<number> {
    await this.connection.run(
      `COPY (
         SELECT * EXCLUDE (file_row_number) FROM ${rowsOf(file)}
         WHERE file_row_number NOT IN (SELECT row FROM erased)
       ) TO ${sqlLiteral(target)} (FORMAT parquet, COMPRESSION snappy)`,
    );
    const [before, erased, after] = [
      await this.number(`SELECT COUNT(*) FROM ${rowsOf(file)}`),
      await this.number('SELECT COUNT(*) FROM erased'),
      await this.number(`SELECT COUNT(*) FROM ${rowsOf(target)}`),
    ];
    if (before - erased !== after) throw new Error(`${after} rows are left of ${before}, but ${erased} were found`);
    return after;
  }

  private async fill(table: string, column: string, values: readonly (string | bigint)[]): Promise<void> {
    await this.connection.run(`CREATE OR REPLACE TEMP TABLE ${table} (${column})`);
    const appender = await this.connection.createAppender(table);
    for (const value of values) {
      if (typeof value === 'bigint') appender.appendBigInt(value);
      else appender.appendVarchar(value);
      appender.endRow();
    }
    appender.closeSync();
  }

  private async number(sql: string): Promise<number> {
    const [[value] = []] = (await this.connection.runAndReadAll(sql)).getRowsJS();
    return Number(value);
  }
}

const rowsOf = (file: string) => `read_parquet(${sqlLiteral(file)}, file_row_number = true, hive_partitioning = false)`;

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { PARTITION_COLUMNS, TABLE_FOLDER, TABLE_NAME, VIEWS_FOLDER } from '@ad-analytics/archive-table';
import { CommandError } from '@ad-analytics/command-line/errors';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { keepWholeTexts } from '@ad-analytics/duckdb-client/whole-texts';
import type { Period } from './period';

/** A row of a result, with the types of JSON. */
export type Row = Record<string, unknown>;

/** An archive in a folder, with the same table and views as in Athena: one view for each record type. */
export class ArchiveReader {
  private constructor(private readonly connection: DuckDBConnection) {}

  /**
   * Opens an archive, calls `work`, and closes it.
   * @param folder that `archive` has written, or a copy of the bucket
   * @param work called with the archive
   * @param signal interrupts the running query
   * @returns the result of `work`
   * @throws CommandError (exit code 2) when the folder does not contain an archive
   */
  static async use<T>(folder: string, work: (reader: ArchiveReader) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const table = path.join(folder, TABLE_FOLDER);
    if (!hasFiles(table))
      throw new CommandError(`${folder} does not contain an archive: write one with \`archive\`.`, 2);
    keepWholeTexts();
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const interrupt = () => connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      await connection.run(tableStatement(table));
      for (const type of RECORD_TYPES) {
        await connection.run(`CREATE VIEW ${type} AS ${readFileSync(path.join(VIEWS_FOLDER, `${type}.sql`), 'utf8')}`);
      }
      return await work(new ArchiveReader(connection));
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      connection.closeSync();
      instance.closeSync();
    }
  }

  /** @param sql a saved query @param period values of its two parameters @returns the rows */
  async rows(sql: string, period: Period): Promise<Row[]> {
    return this.read(sql, [period.first, period.last]);
  }

  /** @param sql any query without parameters @returns the rows */
  async anyRows(sql: string): Promise<Row[]> {
    return this.read(sql, []);
  }

  private async read(sql: string, parameters: string[]): Promise<Row[]> {
    const answer = await this.connection.runAndReadAll(sql, parameters);
    return answer.getRowObjectsJS().map((row) => {
      const cells = Object.entries(row).map(([name, value]) => [name, inJson(value)]);
      return Object.fromEntries(cells) as Row;
    });
  }
}

/** @returns an integer as a number, or as text if a number would lose digits; other values unchanged */
function inJson(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** The table of all files, at any depth below their partition. Columns are matched by name, because older files may lack newer columns. */
function tableStatement(table: string): string {
  const types = PARTITION_COLUMNS.map(({ name }) => `${sqlLiteral(name)}: VARCHAR`).join(', ');
  const files = sqlLiteral(path.join(table, '**', '*.parquet'));
  return (
    `CREATE VIEW ${TABLE_NAME} AS SELECT * FROM ` +
    `read_parquet(${files}, hive_partitioning = true, hive_types = {${types}}, union_by_name = true)`
  );
}

function hasFiles(table: string): boolean {
  try {
    return readdirSync(table, { recursive: true }).some((file) => String(file).endsWith('.parquet'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { keepWholeTexts } from '@ad-analytics/duckdb-client/whole-texts';

const SQL_FOLDER = path.join(__dirname, 'sql');
/** Memory limit. Further data is on the disk, so this suffices for millions of events. */
const MEMORY_LIMIT = '2GB';
const THREADS = '2';

/** A scratch DuckDB database on the disk, and the SQL files that run in it. */
export class Database {
  private readonly variables = new Set<string>();

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * Opens a new database, calls `work`, and always removes the database afterwards.
   * @param work called with the database
   * @param signal interrupts the running statement
   * @returns the result of `work`
   */
  static async use<T>(work: (database: Database) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'ad-analytics-verify-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    // A second Ctrl-C can end the process during the work.
    process.once('exit', remove);
    try {
      keepWholeTexts();
      const instance = await DuckDBInstance.create(path.join(folder, 'verify.duckdb'), {
        memory_limit: MEMORY_LIMIT,
        threads: THREADS,
        preserve_insertion_order: 'false',
      });
      try {
        const connection = await instance.connect();
        const interrupt = () => connection.interrupt();
        signal?.addEventListener('abort', interrupt);
        try {
          return await work(new Database(connection, signal));
        } catch (error) {
          // Throws the reason of the interrupt instead of DuckDB's error.
          signal?.throwIfAborted();
          throw error;
        } finally {
          signal?.removeEventListener('abort', interrupt);
          connection.closeSync();
        }
      } finally {
        instance.closeSync();
      }
    } finally {
      process.off('exit', remove);
      remove();
    }
  }

  /** Runs a statement. */
  async run(sql: string): Promise<void> {
    this.signal?.throwIfAborted();
    await this.connection.run(sql);
  }

  /** @returns the rows of a query; BIGINT columns are text, because JSON numbers would lose digits */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    this.signal?.throwIfAborted();
    return (await this.connection.runAndReadAll(sql)).getRowObjectsJson();
  }

  /** @returns the single number that a query returns */
  async number(sql: string): Promise<number> {
    const [row] = await this.rows(sql);
    return Number(Object.values(row ?? {})[0]);
  }

  /** @param values of the variables that the SQL files read with getvariable('name') */
  async setVariables(values: Readonly<Record<string, number | string | boolean>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      await this.run(`SET VARIABLE ${name} = ${sqlLiteral(value)}`);
      this.variables.add(name);
    }
  }

  /** Runs a file of statements, for example "macros.sql". */
  async runFile(file: string): Promise<void> {
    await this.run(this.read(file));
  }

  /**
   * Runs the query of a file and stores its rows as a table.
   * @param file below the SQL folder; the table is named after it: "classify/lateness.sql" makes the table lateness
   */
  async materialize(file: string): Promise<void> {
    await this.run(`CREATE TABLE ${path.basename(file, '.sql')} AS\n${this.read(file)}`);
  }

  /** Like `materialize`, with another name of the table. */
  async materializeAs(table: string, file: string): Promise<void> {
    await this.run(`CREATE TABLE ${table} AS\n${this.read(file)}`);
  }

  /** @returns an appender of rows to a table; `closeSync` it */
  appender(table: string): Promise<DuckDBAppender> {
    return this.connection.createAppender(table);
  }

  /** @returns columns of a table with their types, in order */
  async columns(table: string): Promise<{ name: string; type: string }[]> {
    const rows = await this.rows(`DESCRIBE ${table}`);
    return rows.map((row) => ({ name: String(row['column_name']), type: String(row['column_type']) }));
  }

  /** DuckDB reads an unset variable as NULL, and a condition on NULL is silently false. So this rejects files with unset variables. */
  private read(file: string): string {
    const sql = readFileSync(path.join(SQL_FOLDER, file), 'utf8');
    for (const [, name = ''] of sql.matchAll(/getvariable\('([^']*)'\)/g)) {
      if (!this.variables.has(name)) throw new Error(`${file} reads the variable ${name}, which is not set`);
    }
    return sql;
  }
}

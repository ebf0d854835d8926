import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { keepWholeTexts } from '@ad-analytics/duckdb-client/whole-texts';
import { countryCodes } from './country-codes';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';

/** DuckDB holds some buffers a thread; with less memory for each, a sort writes to the disk all the time. */
const MEGABYTES_PER_THREAD = 500;
/** What the process takes beside the memory that DuckDB counts; measured with 20 million rows, up to 950 MB. */
const UNCOUNTED_MEGABYTES = 1_000;
/** With less, DuckDB cannot sort. */
const MIN_MEGABYTES = 256;
const PROGRESS_EVERY_MS = 200;

export interface WorkspaceOptions {
  /** Folder in which the scratch folder is made; removed with all that is in it. */
  readonly within: string;
  /** Memory that the process may take, in megabytes; what does not fit goes to the scratch folder. */
  readonly memoryMegabytes: number;
  /** Time zone of times without one, for example Asia/Shanghai. */
  readonly timeZone: string;
  readonly signal?: AbortSignal;
}

/** A scratch DuckDB database with the macros of the mappings. */
export class Workspace {
  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * Opens a scratch database for some work, and removes it afterwards, even if the work fails.
   * @returns what the work returns
   */
  static async use<T>(options: WorkspaceOptions, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(path.join(options.within, '.import-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    // A second Ctrl-C ends the process in the middle of the work.
    process.once('exit', remove);
    try {
      const megabytes = Math.max(MIN_MEGABYTES, options.memoryMegabytes - UNCOUNTED_MEGABYTES);
      const threads = Math.min(os.availableParallelism(), Math.floor(megabytes / MEGABYTES_PER_THREAD));
      keepWholeTexts();
      const instance = await DuckDBInstance.create(path.join(folder, 'import.duckdb'), {
        memory_limit: `${megabytes}MB`,
        temp_directory: path.join(folder, 'spilled'),
        threads: String(Math.max(1, threads)),
        // Rows keep the order of the file: it decides between events of one time, and no thread's luck may.
        preserve_insertion_order: 'true',
      });
      try {
        return await new Workspace(await instance.connect(), folder, options.signal).work(options, work);
      } finally {
        instance.closeSync();
      }
    } finally {
      process.off('exit', remove);
      remove();
    }
  }

  private async work<T>(options: WorkspaceOptions, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const interrupt = () => this.connection.interrupt();
    this.signal?.addEventListener('abort', interrupt);
    try {
      await this.run("SET TimeZone = 'UTC'; SET enable_progress_bar = true; SET enable_progress_bar_print = false");
      await this.run(`SET VARIABLE time_zone = ${sqlLiteral(options.timeZone)}`);
      await this.run(`SET VARIABLE country_codes = ${countryCodes()}`);
      await this.run(readFileSync(path.join(__dirname, 'macros.sql'), 'utf8'));
      return await work(this);
    } catch (error) {
      // The reason for the interrupt, not DuckDB's words for having been interrupted.
      this.signal?.throwIfAborted();
      throw error;
    } finally {
      this.signal?.removeEventListener('abort', interrupt);
      this.connection.closeSync();
    }
  }

  /**
   * Runs a statement, or several.
   * @param onProgress is told now and then how much of it is done, from 0 to 1
   */
  async run(sql: string, onProgress?: (share: number) => void): Promise<void> {
    this.signal?.throwIfAborted();
    const timer =
      onProgress &&
      setInterval(() => {
        const { percentage } = this.connection.progress;
        if (percentage >= 0) onProgress(percentage / 100);
      }, PROGRESS_EVERY_MS);
    try {
      await this.connection.run(sql);
    } finally {
      clearInterval(timer);
    }
  }

  /** @returns the path of a file that is removed with the workspace */
  scratchFile(name: string): string {
    return path.join(this.folder, name);
  }

  /** @returns the rows of a query; BIGINT columns come as text, as JSON numbers would lose digits */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    this.signal?.throwIfAborted();
    return (await this.connection.runAndReadAll(sql)).getRowObjectsJson();
  }

  /** @returns the one number that a query yields */
  async number(sql: string): Promise<number> {
    const [row] = await this.rows(sql);
    return Number(Object.values(row ?? {})[0]);
  }

  /** @returns name and type of each column of a query */
  async columns(query: string): Promise<Map<string, string>> {
    const rows = await this.rows(`DESCRIBE ${query}`);
    return new Map(rows.map((row) => [String(row['column_name']), String(row['column_type'])]));
  }
}

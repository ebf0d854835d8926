import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type PreparedInput, STREAM_FOLDERS } from '../prepared-input';
import { figuresOf } from './count-results';
import { RESULT_TABLES, type ResultFigures } from './figures';

const SQL = path.join(__dirname, 'sql', 'analytics.sql');

/** Cost of a program that is not a Flink job, from its first record to its last result. */
export interface BatchRun {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly figures: ResultFigures;
}

/**
 * Computes the analytics with DuckDB in this process, in memory.
 * @param threads that it may use
 * @param signal interrupts it
 */
export async function duckdbAnalytics(input: PreparedInput, threads: number, signal: AbortSignal): Promise<BatchRun> {
  const files = (stream: keyof typeof STREAM_FOLDERS) =>
    `'${path.join(input.folder, STREAM_FOLDERS[stream], '*.jsonl').replaceAll("'", "''")}'`;
  const statements = readFileSync(SQL, 'utf8')
    .replace('$impressions', () => files('impressions'))
    .replace('$clicks', () => files('clicks'))
    .split(';')
    .filter((statement) => statement.trim() !== '');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    const [cpu, start] = [process.cpuUsage(), Date.now()];
    for (const statement of statements) {
      signal.throwIfAborted();
      await connection.run(statement);
    }
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (Date.now() - start) / 1_000;
    return { cpuSeconds: (user + system) / 1e6, seconds, figures: await figuresOf(connection, RESULT_TABLES) };
  } finally {
    signal.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

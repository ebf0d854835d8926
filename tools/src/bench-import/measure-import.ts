import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { peakMemory } from '../bench-job/peak-memory';
import { OUTPUT_FILES } from '../import/write-events';
import { CommandError } from '../local-stack/errors';
import { cpuTime } from './cpu-time';
import type { ImportMeasurement, Spent } from './measurement';
import { copyToJson, writeSampleLog } from './sample-log';

const LOOK_EVERY_MS = 200;
const NEWLINE = 10;

/** @returns what a work of this process took */
async function spentOn(work: () => Promise<unknown>): Promise<Spent> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - start, cpuSeconds: (user + system) / 1e6 };
}

async function countLines(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>)
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

interface Bounds {
  readonly folder: string;
  readonly megabytes: number;
  readonly signal: AbortSignal;
}

/** Runs statements in a separate DuckDB with a bound on its memory. */
async function withDuckDb<T>(
  { folder, megabytes, signal }: Bounds,
  work: (run: (sql: string) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${megabytes}MB`,
    temp_directory: path.join(folder, 'spilled'),
    threads: String(os.availableParallelism()),
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    return await work((sql) => connection.run(sql));
  } finally {
    signal.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

/** Runs the import as a user does, in a separate process, and watches its memory. */
async function importInProcess(csv: string, out: string, megabytes: number, signal: AbortSignal) {
  const args = ['import', csv, '--mapping', 'contract', '--out', out, '--memory', `${megabytes}MB`];
  const [, main = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const start = performance.now();
  let [peak, cpuSeconds]: (number | undefined)[] = [];
  // What a process has used is told only while it lives.
  const timer = setInterval(() => {
    if (child.pid === undefined) return;
    peak = peakMemory(child.pid) ?? peak;
    cpuSeconds = cpuTime(child.pid) ?? cpuSeconds;
  }, LOOK_EVERY_MS);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new CommandError(`The import ended with ${code}:\n${text}`, 1);
  } finally {
    clearInterval(timer);
  }
  return { peak, spent: { ms: performance.now() - start, cpuSeconds } };
}

/**
 * Makes a log, copies it with DuckDB alone, imports it, and removes all of it.
 * @param rows of the log
 * @param folder for the files: some 900 bytes a row
 * @param megabytes of memory that DuckDB's copy and the import each may take
 */
export async function measureImport(
  rows: number,
  folder: string,
  { megabytes, say, signal }: { megabytes: number; say: (line: string) => void; signal: AbortSignal },
): Promise<ImportMeasurement> {
  const bounds = { folder, megabytes, signal };
  const csv = path.join(folder, 'log.csv');
  const target = path.join(folder, 'copy.jsonl');
  const out = path.join(folder, 'imported');
  try {
    say(`Writing a log of ${rows} rows`);
    await withDuckDb(bounds, (run) => run(writeSampleLog(rows, csv)));
    const copied = async (byTime: boolean) => {
      say(`Copying it with DuckDB${byTime ? ', by time' : ''}`);
      const spent = await withDuckDb(bounds, (run) => spentOn(() => run(copyToJson(csv, target, byTime))));
      rmSync(target);
      return spent;
    };
    const [copy, sortedCopy] = [await copied(false), await copied(true)];
    say('Importing it');
    const { peak, spent } = await importInProcess(csv, out, megabytes, signal);
    const events =
      (await countLines(path.join(out, OUTPUT_FILES.impression))) +
      (await countLines(path.join(out, OUTPUT_FILES.click)));
    return { rows, inputBytes: statSync(csv).size, copy, sortedCopy, import: spent, peakMemory: peak, events };
  } finally {
    for (const name of [csv, target, out]) rmSync(name, { recursive: true, force: true });
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { peakMemory, residentMemory } from '../process-memory';
import { OUTPUT_FILES } from '@ad-analytics/import/write-events';
import { CommandError } from '@ad-analytics/command-line/errors';
import { cpuTime } from './cpu-time';
import type { ImportMeasurement, Spent, Turn } from './measurement';
import { type MemorySample, thinned } from './memory-curve';
import { type SampleLog, copyToJson, writeSampleLog } from './sample-log';

const LOOK_EVERY_MS = 200;
const NEWLINE = 10;
const CURVE_POINTS = 120;

/** @returns the time and CPU time of some work in this process */
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
async function importInProcess(log: string, out: string, megabytes: number, signal: AbortSignal) {
  const args = ['import', log, '--mapping', 'contract', '--out', out, '--memory', `${megabytes}MB`];
  const [, main = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const start = performance.now();
  let [peak, cpuSeconds]: (number | undefined)[] = [];
  const memory: MemorySample[] = [];
  // The CPU time of a process can be read only while it runs.
  const timer = setInterval(() => {
    if (child.pid === undefined) return;
    peak = peakMemory(child.pid) ?? peak;
    cpuSeconds = cpuTime(child.pid) ?? cpuSeconds;
    const bytes = residentMemory(child.pid);
    if (bytes !== undefined) memory.push({ seconds: (performance.now() - start) / 1_000, bytes });
  }, LOOK_EVERY_MS);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new CommandError(`The import ended with exit code ${code}:\n${text}`, 1);
  } finally {
    clearInterval(timer);
  }
  return { peak, memory: thinned(memory, CURVE_POINTS), spent: { ms: performance.now() - start, cpuSeconds } };
}

export interface ImportPlan extends Omit<SampleLog, 'file'> {
  /** Memory that DuckDB's copy and the import each may take. */
  readonly megabytes: number;
  /** How often the copy and the import run, in turns. */
  readonly runs: number;
}

interface Surroundings {
  /** For the files: with JSON lines of both, up to some 600 bytes per row. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Generates a log, runs DuckDB's copy and the import on it in turns, and deletes all files. */
export async function measureImport(
  { megabytes, runs, ...log }: ImportPlan,
  { folder, say, signal }: Surroundings,
): Promise<ImportMeasurement> {
  const bounds = { folder, megabytes, signal };
  const file = path.join(folder, `log.${log.format}`);
  const target = path.join(folder, 'copy.jsonl');
  const out = path.join(folder, 'imported');
  const turns: Turn[] = [];
  try {
    say(`Writing a log of ${log.rows} rows`);
    await withDuckDb(bounds, (run) => run(writeSampleLog({ ...log, file })));
    const copyOnce = () => withDuckDb(bounds, (run) => spentOn(() => run(copyToJson({ ...log, file }, target))));
    // A virtual machine gives the memory of a deleted file back to its host, and the next program pays for each page that it takes again. After
    // this copy, each measured run starts when an output was just deleted.
    say('Copying it with DuckDB once, not measured');
    await copyOnce();
    rmSync(target);
    for (let turn = 1; turn <= runs; turn += 1) {
      say(`Copying it with DuckDB, turn ${turn} of ${runs}`);
      const copy = await copyOnce();
      // Delete the copy first, so the disk needs space for only one output.
      rmSync(target);
      say('Importing it');
      const { peak, memory, spent } = await importInProcess(file, out, megabytes, signal);
      const events =
        (await countLines(path.join(out, OUTPUT_FILES.impression))) +
        (await countLines(path.join(out, OUTPUT_FILES.click)));
      rmSync(out, { recursive: true });
      say(`The copy took ${(copy.ms / 1_000).toFixed(1)} s, the import ${(spent.ms / 1_000).toFixed(1)} s`);
      turns.push({ copy, import: spent, peakMemory: peak, memory, events });
    }
    return { rows: log.rows, inputBytes: statSync(file).size, turns };
  } finally {
    for (const name of [file, target, out]) rmSync(name, { recursive: true, force: true });
  }
}

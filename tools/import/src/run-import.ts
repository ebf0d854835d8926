import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '@ad-analytics/command-line/errors';
import { Progress } from '@ad-analytics/command-line/progress';
import { numberRepeatedRows } from './derive-ids';
import { KINDS, type MappingQuery, copyEventRows, eventRowView } from './event-rows';
import { type InputFile, inputFile, matchedFiles } from './input-file';
import { type ImportSummary, summaryOf } from './import-summary';
import { checkColumns } from './row-validation';
import type { Mapping } from './mapping-file';
import { createSource } from './source-view';
import { splitStatements } from './sql-text';
import { Workspace } from './workspace';
import { streamEvents } from './stream/stream-events';
import { countRows, countUnread } from './row-counts';
import { OUTPUT_FILES, addUnread, partFile, writeEvents, writeRefused } from './write-events';

const BYTES_PER_MB = 1_000_000;

export interface ImportOptions {
  readonly mapping: Mapping;
  /** Folder of the output; it must exist. */
  readonly out: string;
  readonly memoryMegabytes: number;
  readonly timeZone: string;
  readonly signal?: AbortSignal;
  /** Whether to show progress on standard error. */
  readonly progress?: boolean;
  /** Bytes of lines to buffer for sorting while the log is read. With 0, all lines are sorted afterwards. */
  readonly heldBytes?: number;
}

/** Kinds of DuckDB's errors that are about the text of a query. */
const ABOUT_THE_QUERY = /^(Binder|Parser|Catalog) Error/;

/**
 * Converts DuckDB's error about a mapping's query, and adds what the query can use.
 * @throws CommandError (exit code 2)
 */
function explained(name: string, columns: readonly string[], error: unknown): never {
  if (error instanceof CommandError) throw error;
  const { message } = error as Error;
  // Other errors while a query runs are caused by the files, because DuckDB accepted the query.
  if (/^Out of Memory Error/.test(message)) throw error;
  if (!ABOUT_THE_QUERY.test(message)) throw new CommandError(`The files cannot be read with ${name}: ${message}`, 2);
  throw new CommandError(
    `${name} does not fit the files: ${message}\nThe files have the columns ${columns.join(', ')}.`,
    2,
  );
}

class Steps {
  constructor(private readonly shown: boolean) {}

  /** Shows the progress of a step in megabytes of the input. */
  async run(title: string, bytes: number, step: (onProgress: (share: number) => void) => Promise<void>): Promise<void> {
    if (!this.shown) return step(() => undefined);
    const megabytes = Math.ceil(bytes / BYTES_PER_MB);
    const progress = new Progress(`${title}, MB of the input`, megabytes);
    await step((share) => progress.update(share * megabytes));
    progress.finish(megabytes);
  }
}

async function importFiles(
  workspace: Workspace,
  patterns: readonly string[],
  options: ImportOptions,
): Promise<ImportSummary> {
  const { mapping, out } = options;
  const steps = new Steps(options.progress === true);
  const inputs: InputFile[] = [];
  for (const file of await matchedFiles(workspace, patterns))
    inputs.push(await inputFile(workspace, file, mapping.read));
  const bytes = inputs.reduce((sum, file) => sum + file.bytes, 0);
  const source = await createSource(workspace, inputs, mapping.read);
  const queries = splitStatements(mapping.sql);
  if (queries.length === 0) throw new CommandError(`${mapping.name} holds no query.`, 2);
  const explain = (error: unknown) => explained(mapping.name, source.columns, error);
  const described: MappingQuery[] = [];
  for (const query of queries) {
    const columns = await workspace.columns(query).catch(explain);
    checkColumns(mapping.name, columns);
    described.push({ query, columns });
  }
  const title = (name: string, index: number) =>
    queries.length === 1 ? name : `${name} for query ${index + 1} of ${queries.length}`;
  const show = (work: (onProgress: (share: number) => void) => Promise<void>) =>
    steps.run('Reading and writing by time', bytes, work);
  const streamed = await streamEvents(workspace, described, out, show, options.heldBytes).catch(explain);
  if (streamed === undefined) {
    const files = described.map((_query, index) => workspace.scratchFile(`rows-${index}.parquet`));
    for (const [index, query] of described.entries()) {
      const copy = copyEventRows(query, files[index] as string);
      await steps.run(title('Reading', index), bytes, (onProgress) => workspace.run(copy, onProgress).catch(explain));
    }
    await workspace.run(eventRowView(files));
    await numberRepeatedRows(workspace);
    for (const kind of KINDS) {
      await steps.run(`Writing ${kind}s by time`, bytes, (onProgress) => writeEvents(workspace, kind, out, onProgress));
    }
    await writeRefused(workspace, out);
  }
  await workspace.run(`CREATE TABLE unread_row AS ${source.unread}`);
  await addUnread(workspace, out);
  return summaryOf(streamed ?? (await countRows(workspace)), await countUnread(workspace));
}

/** @throws CommandError (exit code 2): when the folder contains other files, which must not be overwritten or mixed with the output */
function refuseUsedFolder(folder: string): void {
  const own: readonly string[] = Object.values(OUTPUT_FILES);
  const foreign = readdirSync(folder).filter(
    (name) => !own.some((file) => name === file || name === `${file}.part`) && !name.startsWith('.'),
  );
  if (foreign.length > 0)
    throw new CommandError(`--out: ${folder} holds other files (${foreign[0]}). Name an empty or a new folder.`, 2);
}

/**
 * Imports files: reads their rows through a mapping, writes the valid events by time, and the other rows to a separate file.
 * The files of an earlier import in the folder are replaced after everything is written.
 * @param patterns files, or patterns such as 'logs/*.csv'
 * @returns what was read and written
 * @throws CommandError (exit code 2) when a file cannot be read or the mapping does not fit
 */
export async function runImport(patterns: readonly string[], options: ImportOptions): Promise<ImportSummary> {
  mkdirSync(options.out, { recursive: true });
  refuseUsedFolder(options.out);
  const files = Object.keys(OUTPUT_FILES) as (keyof typeof OUTPUT_FILES)[];
  try {
    const summary = await Workspace.use(
      {
        within: options.out,
        memoryMegabytes: options.memoryMegabytes,
        timeZone: options.timeZone,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
      (workspace) => importFiles(workspace, patterns, options),
    );
    for (const part of files.map((file) => partFile(options.out, file)))
      if (!existsSync(part)) throw new CommandError(`${part} was removed while the import wrote it. Import again.`);
    for (const file of files) renameSync(partFile(options.out, file), path.join(options.out, OUTPUT_FILES[file]));
    return summary;
  } catch (error) {
    if (/^Out of Memory Error/.test((error as Error).message))
      throw new CommandError(`The import needs more memory than --memory allows: ${(error as Error).message}`, 2);
    throw error;
  } finally {
    for (const file of files) rmSync(partFile(options.out, file), { force: true });
  }
}

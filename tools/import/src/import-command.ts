import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from '@ad-analytics/command-line/errors';
import { type Mapping, type ReadOptions, character, listMappings, loadMapping } from './mapping-file';

interface ImportFlags {
  readonly mapping?: string;
  readonly out?: string;
  /** A file, or true for standard output. */
  readonly suggest?: string | true;
  readonly memory: number;
  readonly timeZone: string;
  readonly format?: string;
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly encoding?: string;
}

const MEGABYTES: Readonly<Record<string, number>> = { MB: 1, GB: 1_000 };
/** The importer cannot stay below a smaller limit. */
const MIN_MEGABYTES = 1_000;

function memory(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(MB|GB)$/i.exec(text.trim()) ?? [];
  const megabytes = Math.round(Number(amount) * (MEGABYTES[unit.toUpperCase()] ?? NaN));
  if (!(megabytes >= MIN_MEGABYTES)) throw new InvalidArgumentError('It must be at least 1GB, for example 2GB.');
  return megabytes;
}

function timeZone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    throw new InvalidArgumentError('It must be the name of a time zone, for example Asia/Shanghai or UTC.');
  }
}

/** @returns the format of the files as given by the options */
function readOptions(flags: ImportFlags): ReadOptions {
  return {
    ...(flags.format === undefined ? {} : { format: flags.format }),
    ...(flags.delimiter === undefined ? {} : { delimiter: character(flags.delimiter) }),
    ...(flags.header === undefined ? {} : { header: flags.header }),
    ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
  };
}

function withOptions(mapping: Mapping, flags: ImportFlags): Mapping {
  return { ...mapping, read: { ...mapping.read, ...readOptions(flags) } };
}

/**
 * `import`: converts logs in any format that DuckDB reads to events.
 * @param interrupted aborts the command
 */
export function importCommand(interrupted: AbortSignal): Command {
  return new Command('import')
    .description(
      'Convert your own logs to events for `npm run pipeline`: CSV, TSV, JSON lines, JSON arrays, Parquet, plain or packed with gzip or zstd.',
    )
    .argument('<files...>', "files, or patterns such as 'logs/*.csv.gz'")
    .option(
      '--mapping <name or file.sql>',
      'which column is what: the name of a ready mapping, or a file with a SELECT',
    )
    .option('--suggest [file.sql]', 'propose a mapping for the files, print it or write it to the file, and end')
    .option('--out <folder>', 'folder for impressions.jsonl, clicks.jsonl and not-imported.jsonl')
    .option('--time-zone <name>', 'time zone of times without one', timeZone, 'UTC')
    .addOption(
      new Option('--memory <size>', 'memory limit of the import; what does not fit goes to a scratch folder in --out')
        .argParser(memory)
        .default(2_000, '2GB'),
    )
    .option('--format <name>', 'csv, json or parquet (default: detected)')
    .option(
      '--delimiter <character>',
      'delimiter of the columns of a table: a character, or tab, comma, semicolon, pipe (default: detected)',
    )
    .option('--header', 'the first line of a table names its columns')
    .option('--no-header', 'the first line of a table is data (default: detected)')
    .option('--encoding <name>', 'utf-8, utf-16 or latin-1 (default: utf-8)')
    .addHelpText(
      'after',
      () => `
Ready mappings:
${listMappings()}

Exit code 0: the import wrote events; the summary counts the rows that it did not import; 2: invalid usage, a file that
cannot be read, a mapping that does not fit, or no row became an event. Others: see tools/README.md.`,
    )
    .action(async (patterns: readonly string[], flags: ImportFlags) => {
      if (flags.suggest === undefined) return importLogs(patterns, flags, interrupted);
      if (flags.mapping !== undefined) throw new CommandError('Give --mapping or --suggest, not both.', 2);
      return suggest(patterns, flags, flags.suggest, interrupted);
    });
}

async function suggest(
  patterns: readonly string[],
  flags: ImportFlags,
  to: string | true,
  signal: AbortSignal,
): Promise<void> {
  if (to !== true && existsSync(to))
    throw new CommandError(`--suggest: the file ${to} already exists. Name another file, or delete this one.`, 2);
  // DuckDB is a native library: the other commands need not load it.
  const [{ Workspace }, { suggestMapping }] = await Promise.all([
    import('./workspace'),
    import('./suggest/suggest-mapping'),
  ]);
  const { memory: memoryMegabytes, timeZone: zone } = flags;
  const text = await Workspace.use({ within: os.tmpdir(), memoryMegabytes, timeZone: zone, signal }, (workspace) =>
    suggestMapping(workspace, patterns, readOptions(flags), zone),
  );
  if (to === true) console.log(text);
  else {
    writeFileSync(to, text);
    console.log(`The mapping is in ${to}. Read it, then import with --mapping "${to}".`);
  }
}

async function importLogs(patterns: readonly string[], flags: ImportFlags, signal: AbortSignal): Promise<void> {
  const { mapping: name, out } = flags;
  if (name === undefined || out === undefined)
    throw new CommandError('Give --mapping and --out, or --suggest for a proposal of a mapping.', 2);
  const mapping = withOptions(loadMapping(name), flags);
  // DuckDB is a native library: the other commands need not load it.
  const [{ runImport }, { summaryLines }] = await Promise.all([import('./run-import'), import('./import-summary')]);
  const { memory: memoryMegabytes, timeZone: zone } = flags;
  const options = { mapping, out, memoryMegabytes, timeZone: zone, signal, progress: true };
  const summary = await runImport(patterns, options);
  console.log(summaryLines(summary).join('\n'));
  if (summary.impressions + summary.clicks === 0)
    throw new CommandError('No row became an event. Is it the right mapping for these files?', 2);
  console.log(
    `\nNow: npm run pipeline -- --impressions "${out}/impressions.jsonl" --clicks "${out}/clicks.jsonl" --results results.jsonl`,
  );
}

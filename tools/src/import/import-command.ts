import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from '../local-stack/errors';
import { type Mapping, type ReadOptions, character, listMappings, loadMapping } from './mapping-file';

interface ImportFlags {
  readonly mapping: string;
  readonly out: string;
  readonly memory: number;
  readonly timeZone: string;
  readonly format?: string;
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly encoding?: string;
}

const MEGABYTES: Readonly<Record<string, number>> = { MB: 1, GB: 1_000 };
/** Less, and DuckDB cannot sort at all. */
const LEAST_MEGABYTES = 256;

function memory(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(MB|GB)$/i.exec(text.trim()) ?? [];
  const megabytes = Math.round(Number(amount) * (MEGABYTES[unit.toUpperCase()] ?? NaN));
  if (!(megabytes >= LEAST_MEGABYTES))
    throw new InvalidArgumentError(`It must be at least ${LEAST_MEGABYTES}MB, for example 2GB.`);
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

function withOptions(mapping: Mapping, flags: ImportFlags): Mapping {
  const told: ReadOptions = {
    ...(flags.format === undefined ? {} : { format: flags.format }),
    ...(flags.delimiter === undefined ? {} : { delimiter: character(flags.delimiter) }),
    ...(flags.header === undefined ? {} : { header: flags.header }),
    ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
  };
  return { ...mapping, read: { ...mapping.read, ...told } };
}

/**
 * `import`: makes events of logs in any form that DuckDB reads.
 * @param interrupted asks it to end
 */
export function importCommand(interrupted: AbortSignal): Command {
  return new Command('import')
    .description(
      'Make events for `npm run pipeline` of your own logs: CSV, TSV, JSON lines, JSON arrays, Parquet, plain or packed with gzip or zstd.',
    )
    .argument('<files...>', "files, or patterns such as 'logs/*.csv.gz'")
    .requiredOption(
      '--mapping <name or file.sql>',
      'which column is what: the name of a ready mapping, or a file with a SELECT',
    )
    .requiredOption('--out <folder>', 'folder for impressions.jsonl, clicks.jsonl and not-imported.jsonl')
    .option('--time-zone <name>', 'of times that do not say theirs', timeZone, 'UTC')
    .addOption(
      new Option('--memory <size>', 'upper bound for DuckDB; what does not fit goes to the folder of --out meanwhile')
        .argParser(memory)
        .default(2_000, '2GB'),
    )
    .option('--format <name>', 'csv, json or parquet (default: found by looking)')
    .option(
      '--delimiter <character>',
      'between the columns of a table, or tab, comma, semicolon, pipe (default: found by looking)',
    )
    .option('--header', 'the first line of a table names its columns')
    .option('--no-header', 'it does not (default: found by looking)')
    .option('--encoding <name>', 'utf-8, utf-16 or latin-1 (default: utf-8)')
    .addHelpText(
      'after',
      () => `
Ready mappings:
${listMappings()}

Exit code 0: there are events, though rows may be left out, as the summary says; 2: wrong usage, a file that cannot be read,
a mapping that does not fit, or not one event. Others: see tools/README.md.`,
    )
    .action(async (patterns: readonly string[], flags: ImportFlags) => {
      const mapping = withOptions(loadMapping(flags.mapping), flags);
      // DuckDB is a native library: the other commands need not load it.
      const [{ runImport }, { summaryLines }] = await Promise.all([import('./run-import'), import('./import-summary')]);
      const summary = await runImport(patterns, {
        mapping,
        out: flags.out,
        memoryMegabytes: flags.memory,
        timeZone: flags.timeZone,
        signal: interrupted,
        progress: true,
      });
      console.log(summaryLines(summary).join('\n'));
      if (summary.impressions + summary.clicks === 0)
        throw new CommandError('No row became an event. Is it the right mapping for these files?', 2);
      console.log(
        `\nNow: npm run pipeline -- --impressions "${flags.out}/impressions.jsonl" --clicks "${flags.out}/clicks.jsonl" --results results.jsonl`,
      );
    });
}

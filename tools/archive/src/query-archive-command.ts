import { Command, InvalidArgumentError } from 'commander';
import { archiveQueries } from '@ad-analytics/archive-table';
import { CommandError } from '@ad-analytics/command-line/errors';
import { ALL_DAYS } from './period';
import { renderRows } from './render-rows';

interface QueryFlags {
  readonly archive: string;
  readonly from: string;
  readonly to: string;
  readonly sql?: string;
  readonly json: boolean;
}

function day(text: string): string {
  const time = Date.parse(`${text}T00:00:00.000Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, text.length) !== text || text.length !== 10)
    throw new InvalidArgumentError('It must be a day such as 2026-11-23.');
  return text;
}

function askable(): string {
  const queries = archiveQueries();
  const width = Math.max(...queries.map(({ name }) => name.length));
  return queries.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`).join('\n');
}

/** @throws CommandError (exit code 2) with all names when the query is unknown */
function queryNamed(name: string): string {
  const query = archiveQueries().find((candidate) => candidate.name === name);
  if (query === undefined) throw new CommandError(`Unknown query: ${name}. Known queries:\n${askable()}`, 2);
  return query.sql;
}

/**
 * `query-archive`: runs Athena's saved queries, or any other, on a local archive.
 * @param interrupted signal to end
 */
export function queryArchiveCommand(interrupted: AbortSignal): Command {
  return new Command('query-archive')
    .description('Run a saved query of Athena on an archive in a folder.')
    .argument('[query]', 'name of the query')
    .requiredOption('--archive <folder>', 'the archive, or a copy of the bucket')
    .option('--from <day>', 'first day', day, ALL_DAYS.first)
    .option('--to <day>', 'last day, inclusive', day, ALL_DAYS.last)
    .option(
      '--sql <query>',
      'run this SQL instead of a saved query; the tables are results and one view per record type',
    )
    .option('--json', 'print JSON lines, one per row, with all digits', false)
    .addHelpText('after', () => `\nQueries:\n${askable()}\n\nExit codes: see tools/README.md.`)
    .action(async (name: string | undefined, flags: QueryFlags) => {
      if ((name === undefined) === (flags.sql === undefined)) {
        throw new CommandError(`Give the name of a query, or --sql. Known queries:\n${askable()}`, 2);
      }
      const saved = name === undefined ? undefined : queryNamed(name);
      // DuckDB is a native library, so other commands do not load it.
      const { ArchiveReader } = await import('./archive-reader');
      const rows = await ArchiveReader.use(
        flags.archive,
        (reader) =>
          saved === undefined
            ? reader.anyRows(flags.sql ?? '').catch(explained)
            : reader.rows(saved, { first: flags.from, last: flags.to }),
        interrupted,
      );
      const lines = flags.json ? rows.map((row) => JSON.stringify(row)) : renderRows(rows);
      console.log(lines.join('\n'));
    });
}

/** The user's own query may be wrong. */
function explained(error: unknown): never {
  throw new CommandError(`--sql: ${(error as Error).message}`, 2);
}

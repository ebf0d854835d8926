import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { RUN_ROOT } from '@ad-analytics/setup/layout.cjs';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { currentStackFile } from '@ad-analytics/local-stack/current-stack';
import { CommandError } from '@ad-analytics/command-line/errors';
import { Progress, grouped } from '@ad-analytics/command-line/progress';
import type { Archived } from './archive-writer';
import { renderRows } from './render-rows';
import { resultFiles, stackResults } from './result-source';

interface ArchiveFlags {
  readonly out: string;
  readonly results?: readonly string[];
  readonly stack: string;
  readonly append: boolean;
}

const BYTES_PER_KIB = 1024;

/** @throws CommandError (exit code 2): prevents adding to an archive, or writing into another folder, by mistake */
function refuseUsedFolder(folder: string, append: boolean): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new CommandError(`--out: ${folder} is not a folder.`, 2);
  if (!append && readdirSync(folder).length > 0) {
    throw new CommandError(
      `--out: ${folder} is not empty. Name another folder, or add to the archive in it with --append.`,
      2,
    );
  }
}

function printSummary({ types, malformed }: Archived, folder: string): void {
  if (types.size === 0) console.log('The source does not contain any results.');
  else {
    const rows = [...types].map(([record_type, { records, files, bytes }]) => ({
      record_type,
      records,
      files,
      KiB: Math.ceil(bytes / BYTES_PER_KIB),
    }));
    console.log(renderRows(rows).join('\n'));
    console.log(`\nThe archive is in ${folder}. Query it: npm run query-archive -- ctr_by_day --archive "${folder}"`);
  }
  if (malformed > 0) {
    console.error(
      `\n${grouped(malformed)} records are not results of the contract; they are in ${path.join(folder, 'errors')}.`,
    );
    process.exitCode = BOOKS_DO_NOT_BALANCE;
  }
}

/**
 * `archive`: writes results as Parquet in the layout that Firehose has in S3.
 * @param interrupted signal to end
 */
export function archiveCommand(interrupted: AbortSignal): Command {
  return new Command('archive')
    .description('Write results as Parquet, partitioned by record type and date: the layout of the archive in S3.')
    .requiredOption('--out <folder>', 'folder of the archive')
    .option(
      '--results <files...>',
      'results, JSONL, plain or gzip (default: what is in the stream of the running stack)',
    )
    .option(
      '--stack <file>',
      'runtime file of the running stack',
      path.relative(process.cwd(), currentStackFile(RUN_ROOT)),
    )
    .option('--append', 'add to the existing archive in the folder', false)
    .addHelpText(
      'after',
      '\nRepeated deliveries are kept, as in Firehose; the views contain each result once. Exit code 5: some records are not\n' +
        'results of the contract; they are set aside. Others: see tools/README.md.',
    )
    .action(async (flags: ArchiveFlags) => {
      refuseUsedFolder(flags.out, flags.append);
      const source = flags.results === undefined ? stackResults(flags.stack, interrupted) : resultFiles(flags.results);
      try {
        console.error(`. Reading results from ${source.name}`);
        const progress = new Progress('Results archived');
        let read = 0;
        // DuckDB is a native library, so other commands do not load it.
        const { ArchiveWriter } = await import('./archive-writer');
        const archived = await ArchiveWriter.use(flags.out, async (writer) => {
          for await (const data of source.results.records()) {
            interrupted.throwIfAborted();
            await writer.add(data);
            progress.update((read += 1));
          }
          interrupted.throwIfAborted();
        });
        progress.finish(read);
        printSummary(archived, flags.out);
      } finally {
        source.close();
      }
    });
}

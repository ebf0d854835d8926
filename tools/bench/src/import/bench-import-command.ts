import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Command, Option } from 'commander';
import type { BenchSession, Findings } from '../bench-session';
import { type PartFlags, partCommand } from '../part-command';
import { CommandError } from '@ad-analytics/command-line/errors';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type ImportMeasurement, importFindings } from './measurement';
import { LOG_FORMATS } from './sample-log';

const DEFAULT_ROWS = [200_000, 2_000_000];

interface Flags extends PartFlags {
  readonly rows: readonly number[];
  readonly format: (typeof LOG_FORMATS)[number];
  readonly memory: number;
  readonly folder: string;
}

/**
 * `bench-import`: compares the speed of the import with DuckDB's own copy, and measures its memory over time.
 * @param interrupted aborts the command
 */
export function benchImportCommand(interrupted: AbortSignal): Command {
  const number = wholeNumber(1);
  return partCommand<Flags>(
    {
      name: 'import',
      description:
        "Measure the import of a log, impressions and clicks in one file nearly by time: rows per second compared with DuckDB's own copy of the same file to JSON lines, and memory over time, at each size.",
      runs: 1,
      options: (command) =>
        command
          .option(
            '--rows <n...>',
            'rows of the log, one size or several',
            (text: string, sizes: number[]) => [...(sizes === DEFAULT_ROWS ? [] : sizes), number(text)],
            DEFAULT_ROWS,
          )
          .addOption(new Option('--format <name>', 'format of the log').choices(LOG_FORMATS).default('csv'))
          .option('--memory <MB>', 'memory limit of the copy, and of the import', wholeNumber(1_000), 2_000)
          .option('--folder <folder>', 'folder for the files, about 600 bytes per row', os.tmpdir()),
      measure,
    },
    interrupted,
  );
}

async function measure(flags: Flags, { say, signal }: BenchSession): Promise<Findings> {
  const { format, memory: megabytes, runs, seed } = flags;
  // DuckDB is a native library: the other commands need not load it.
  const { measureImport } = await import('./measure-import');
  const folder = mkdtempSync(path.join(flags.folder, 'bench-import-'));
  const all: ImportMeasurement[] = [];
  try {
    for (const rows of flags.rows)
      all.push(await measureImport({ rows, format, megabytes, runs, seed }, { folder, say, signal }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (all.some(({ rows, turns }) => turns.some(({ events }) => events !== rows)))
    throw new CommandError('The import did not convert every row to an event.', 5);
  return importFindings(all, {
    'format of the log': format,
    'memory of copy and import each, MB': megabytes,
    runs,
    seed,
  });
}

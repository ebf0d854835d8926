import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { CommandError } from '../local-stack/errors';
import { wholeNumber } from '../stack-options';
import { type ImportMeasurement, renderImport } from './measurement';

const DEFAULT_ROWS = [200_000, 2_000_000];

interface BenchImportFlags {
  readonly rows: readonly number[];
  readonly memory: number;
  readonly folder: string;
  readonly json?: string;
}

/**
 * `bench-import`: how fast the import is beside DuckDB's own copy, and how much memory it takes at several sizes.
 * @param interrupted asks it to end
 */
export function benchImportCommand(interrupted: AbortSignal): Command {
  const number = wholeNumber(1);
  return new Command('bench-import')
    .configureHelp({ commandUsage: () => 'nx run tools:bench-import [options]' })
    .description(
      "Measure the import of a CSV, impressions and clicks in one file nearly by time: rows a second beside DuckDB's own copy of the same file to JSON lines, and peak memory, at each size.",
    )
    .option(
      '--rows <n...>',
      'rows of the log, one size or several',
      (text: string, sizes: number[]) => [...(sizes === DEFAULT_ROWS ? [] : sizes), number(text)],
      DEFAULT_ROWS,
    )
    .option('--memory <MB>', 'that the copy and the import each may take', wholeNumber(1_000), 2_000)
    .option('--folder <folder>', 'for the files, some 900 bytes a row', os.tmpdir())
    .option('--json <file>', 'also write the figures as JSON')
    .addHelpText(
      'after',
      '\nExit code 0: measured, and every row became an event; 5: not every one. Others: see tools/README.md.',
    )
    .action(async ({ rows, memory, folder, json }: BenchImportFlags) => {
      // DuckDB is a native library: the other commands need not load it.
      const { measureImport } = await import('./measure-import');
      const own = mkdtempSync(path.join(folder, 'bench-import-'));
      const say = (line: string) => console.error(`. ${line}`);
      const all: ImportMeasurement[] = [];
      try {
        for (const size of rows) {
          const measured = await measureImport(size, own, { megabytes: memory, say, signal: interrupted });
          console.log(`${renderImport(measured).join('\n')}\n`);
          all.push(measured);
        }
      } finally {
        rmSync(own, { recursive: true, force: true });
      }
      if (json !== undefined) writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
      if (all.some((one) => one.events !== one.rows)) throw new CommandError('Not every row became an event.', 5);
    });
}

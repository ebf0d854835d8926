/** Writes the files that are generated from the registry of commands. With --check, names the files that are out of date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';
import { COMMANDS } from '@ad-analytics/setup/commands.cjs';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { generatedFiles } from './generated-files';

/** @returns the generated files whose text in the workspace differs: path, and the text that they should have */
async function staleFiles(): Promise<[string, string][]> {
  const style = (await resolveConfig(path.join(ROOT, 'package.json'))) ?? {};
  const stale: [string, string][] = [];
  for (const [name, unformatted] of generatedFiles(COMMANDS)) {
    const file = path.join(ROOT, name);
    const text = await format(unformatted, { ...style, filepath: file });
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) stale.push([name, text]);
  }
  return stale;
}

/** @param check only compare, write nothing */
async function generate({ check }: { check?: boolean }): Promise<void> {
  const stale = await staleFiles();
  const names = stale.map(([name]) => name).join(', ');
  if (!check) {
    for (const [name, text] of stale) writeFileSync(path.join(ROOT, name), text);
    console.log(stale.length === 0 ? 'Everything is up to date.' : `Written: ${names}.`);
  } else if (stale.length > 0) {
    console.error(`Out of date: ${names}.\nRun \`npx nx run tools:generate\` and commit what it writes.`);
    process.exitCode = 1;
  }
}

new Command('generate')
  .description('Write the npm scripts, Nx targets, module table and README tables of the commands.')
  .option('--check', 'write nothing; exit code 1 when a file is out of date')
  .action(generate)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });

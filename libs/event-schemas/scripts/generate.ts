/** Writes what is derived from the catalogue of schemas, results and rules. With --check, says what is out of date. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';
import { GENERATE_COMMAND, generatedFiles, WORKSPACE } from './generated-files';

/** @returns the file's text, or undefined if none exists */
async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** @param check only compare, write nothing */
async function generate({ check }: { check?: boolean }): Promise<void> {
  const files = generatedFiles();
  const style = (await resolveConfig(__filename)) ?? {};
  const stale: string[] = [];
  for (const [name, { text: unformatted, parser }] of files) {
    const text = parser ? await format(unformatted, { ...style, parser }) : unformatted;
    const file = path.join(WORKSPACE, name);
    if ((await textOf(file)) === text) continue;
    stale.push(name);
    if (check) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  if (check && stale.length > 0) {
    console.error(`Out of date: ${stale.join(', ')}.\nRun ${GENERATE_COMMAND} and commit what it writes.`);
    process.exitCode = 1;
    return;
  }
  console.log(check ? `${files.size} files are up to date.` : `${files.size} files, ${stale.length} of them changed.`);
}

new Command('generate')
  .description(
    'Write the JSON Schemas and fixtures of libs/event-schemas, and what job and documents take from the catalogue.',
  )
  .option('--check', 'write nothing; exit code 1 when a file is out of date')
  .action(generate)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });

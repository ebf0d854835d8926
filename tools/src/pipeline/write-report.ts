import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../setup/layout.cjs';
import { CommandError } from '../local-stack/errors';
import type { Ledger } from '../results/ledger';

const run = promisify(execFile);

/** What a report is made of. */
export interface ReportInput {
  /** Results of the run, JSONL. */
  readonly results: string;
  /** The page to write. */
  readonly report: string;
  /** Settings of the job that made the results. */
  readonly configFile: string;
  /** The ledger, and what is said of the records that were left out. */
  readonly books: Ledger & { readonly leftOut: readonly string[] };
}

/**
 * Writes the page of a finished run. The dashboard makes it: it is built from its sources first, in a second or two.
 * @throws CommandError when the page cannot be written; the results are written all the same
 */
export async function writeReport({ results, report, configFile, books }: ReportInput): Promise<void> {
  // Within the project, as the program takes DuckDB from there.
  const runs = path.join(ROOT, '.run');
  await mkdir(runs, { recursive: true });
  const folder = await mkdtemp(path.join(runs, 'report-'));
  try {
    await run(process.execPath, [path.join(ROOT, 'apps', 'dashboard', 'build.mjs'), folder]);
    const booksFile = path.join(folder, 'books.json');
    await writeFile(booksFile, JSON.stringify(books));
    const files = ['--results', results, '--out', report, '--config', configFile, '--books', booksFile];
    await run(process.execPath, [path.join(folder, 'report.mjs'), ...files]);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new CommandError(`The report ${report} could not be written: ${stderr?.trim() || message}`, 1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from './errors';

/**
 * Rejects a file that cannot be written before the work begins.
 * @param option name of the option with the file
 * @param file to write
 * @throws CommandError (exit code 2) when its folder is missing or not writable
 */
export function checkFolderOf(option: string, file: string): void {
  const folder = path.dirname(path.resolve(file));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new CommandError(`The folder of ${option}, ${folder}, does not exist or is not writable.`, 2);
  }
}

/**
 * The same, and rejects a folder and a file that is not writable.
 * @param option name of the option with the file
 * @param file to write, which may exist
 * @throws CommandError (exit code 2)
 */
export function checkOutputFile(option: string, file: string): void {
  checkFolderOf(option, file);
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory()) throw new CommandError(`${file} is a folder; name a file for ${option}.`, 2);
  try {
    accessSync(file, constants.W_OK);
  } catch {
    throw new CommandError(`${file}, the file of ${option}, is not writable.`, 2);
  }
}

/** @returns the path without symbolic links; the file need not exist */
function realPath(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const folder = path.dirname(path.resolve(file));
  return path.join(existsSync(folder) ? realpathSync(folder) : folder, path.basename(file));
}

/** @returns whether two paths lead to the same file, also by symbolic links */
export function isSameFile(one: string, other: string): boolean {
  return realPath(one) === realPath(other);
}

/**
 * The same for a report.
 * @param report the file to write
 * @param others all other files of the command, which it must not overwrite
 * @throws CommandError (exit code 2)
 */
export function checkReportFile(report: string, others: readonly string[]): void {
  checkOutputFile('--report', report);
  if (others.some((other) => isSameFile(other, report)))
    throw new CommandError(`--report: ${report} is another file of this command; choose a different file.`, 2);
}

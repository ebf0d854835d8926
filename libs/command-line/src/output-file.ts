import { accessSync, constants, existsSync, statSync } from 'node:fs';
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
 * The same for a report.
 * @param report the file to write
 * @param others all other files of the command, which it must not overwrite
 * @throws CommandError (exit code 2)
 */
export function checkReportFile(report: string, others: readonly string[]): void {
  checkFolderOf('--report', report);
  if (existsSync(report) && statSync(report).isDirectory())
    throw new CommandError(`${report} is a folder; name a file for --report.`, 2);
  if (others.some((other) => path.resolve(other) === path.resolve(report)))
    throw new CommandError(`--report: ${report} is another file of this command; choose a different file.`, 2);
}

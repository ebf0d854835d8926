import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { CommandError } from '@ad-analytics/command-line/errors';

/**
 * Unpacks the deployable zip, so that a run starts the deployed application instead of the source folder.
 * @param options `zip` built by `nx run flink:package`; `folder` to unpack into; `python` whose zipfile module does it
 * @returns the folder
 * @throws CommandError when the zip is missing
 */
export async function unpackApplication(options: { zip: string; folder: string; python: string }): Promise<string> {
  if (!existsSync(options.zip)) {
    throw new CommandError(`${options.zip} is missing. Build it with: npx nx run flink:package`);
  }
  mkdirSync(options.folder, { recursive: true });
  await promisify(execFile)(options.python, ['-m', 'zipfile', '-e', options.zip, options.folder]);
  return path.resolve(options.folder);
}

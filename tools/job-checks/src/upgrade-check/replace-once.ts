import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Replaces a text that a file has exactly once.
 * @param folder of the copy that is changed
 * @param file below the folder
 * @throws Error when the file does not have the text exactly once: the change no longer fits the file
 */
export function replaceOnce(folder: string, file: string, before: string, after: string): void {
  const name = path.join(folder, file);
  const parts = readFileSync(name, 'utf8').split(before);
  if (parts.length !== 2) {
    const times = parts.length - 1;
    throw new Error(`${file} has ${JSON.stringify(before)} ${times} times: the change needs it exactly once`);
  }
  writeFileSync(name, parts.join(after));
}

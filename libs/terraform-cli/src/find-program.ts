import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * @param name of a program, such as `terraform`
 * @param env whose PATH (and, on Windows, PATHEXT) is searched
 * @returns its path, or undefined if none exists
 */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const endings = process.platform === 'win32' ? (env['PATHEXT'] ?? '.EXE').split(';') : [''];
  for (const folder of (env['PATH'] ?? '').split(path.delimiter).filter((part) => part !== '')) {
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this one.
      }
    }
  }
  return undefined;
}

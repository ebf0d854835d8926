import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * @param folder with results of a job; it may not exist
 * @returns finished files in it. Flink's names of unfinished files begin with a point; its drain finishes all of them
 */
export function resultFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

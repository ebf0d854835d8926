import { mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * @param now time of the start
 * @param name of the run, for example "demo"
 * @returns folder name that sorts by time, in UTC: 20261124T150102Z-demo
 */
export function runFolderName(now: Date, name: string): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  return `${stamp}-${name}`;
}

/**
 * Creates a new folder for a run; two runs of the same second get different folders.
 * @param runRoot folder of all runs
 * @returns its path
 */
export function createRunFolder(runRoot: string, name: string, now = new Date()): string {
  mkdirSync(runRoot, { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const folder = path.join(runRoot, runFolderName(now, name) + (attempt === 1 ? '' : `-${attempt}`));
    try {
      mkdirSync(folder);
      mkdirSync(path.join(folder, 'logs'));
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

/** What a run needs, as it lies in the working tree. */
const COPIED = [
  'apps',
  'docs/tutorial',
  'docs/tutorial.md',
  'flink/kinesis-config.json',
  'flink/src/main/resources/known-bots/exceptions.json',
  'libs',
  // The generator searches for this file to find the root of the project.
  'nx.json',
  'package.json',
  'tools',
  'tsconfig.base.json',
] as const;
/** Too large to copy; a link has the folder's name in its path all the same. */
const LINKED = ['node_modules', '.venv'] as const;

/**
 * Copies the project to a test folder. @param folder to create, for example with a space in its path
 */
export function copyProject(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of COPIED) {
    cpSync(path.join(ROOT, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => !['node_modules', 'coverage'].includes(path.basename(source)),
    });
  }
  for (const name of LINKED) symlinkSync(path.join(ROOT, name), path.join(folder, name), 'dir');
}

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT, RUN_ROOT } from '@ad-analytics/setup/layout.cjs';

/**
 * Builds the dashboard from its sources, in a second or two, so that an outdated build is never used.
 * @param folder to build into; must be within the project, where its programs find packages and settings
 * @throws the error of esbuild
 */
export async function buildDashboard(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'apps', 'dashboard', 'build.mjs'), folder]);
}

/**
 * Builds the dashboard, calls `work`, and removes the build afterwards. @param work called with the folder
 */
export async function withBuiltDashboard<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(RUN_ROOT, { recursive: true });
  const folder = await mkdtemp(path.join(RUN_ROOT, 'dashboard-'));
  try {
    await buildDashboard(folder);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

/**
 * Bundles the output sink with the script of its target `build`. This takes about a second, and ensures that an outdated bundle is never
 * run.
 * @param file to write
 * @throws {Error} with the message of esbuild
 */
export async function buildSink(file: string): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'apps', 'output-sink', 'build.mjs'), file]);
}

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

/**
 * Bundles the output sink with the script of its target `build`; in about a second, so that no old bundle is ever run.
 * @param file to write
 * @throws {Error} with what esbuild says
 */
export async function buildSink(file: string): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'apps', 'output-sink', 'build.mjs'), file]);
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Artefacts } from '../src/artefacts/artefacts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'artefacts '));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/**
 * @param flink content of the application's zip
 * @param sink content of the Lambda's
 * @returns artefacts like those that other projects build
 */
export function sampleArtefacts(flink = 'application', sink = 'function'): Artefacts {
  const files = { flinkZip: path.join(folder, 'ad-analytics-flink.zip'), sinkZip: path.join(folder, 'sink.zip') };
  writeFileSync(files.flinkZip, flink);
  writeFileSync(files.sinkZip, sink);
  return files;
}

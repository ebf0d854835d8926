import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';

/** The same in every build, so that an unchanged bundle gives the same bytes and is not deployed again. */
const TIMESTAMP = new Date('2026-01-01T00:00:00Z');

/**
 * Zips the files of a bundle in the format of Lambda.
 * @param folder of the bundle, flat
 * @returns bytes that depend only on the files' names and contents
 * @throws {Error} when the bundle is missing
 */
export function zipBundle(folder: string): Uint8Array {
  const names = readdirSync(folder).sort();
  if (!names.includes('index.mjs')) throw new Error(`index.mjs is missing in ${folder}`);
  return zipSync(Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name))])), {
    mtime: TIMESTAMP,
    // Unix, rw-r--r--: Lambda runs as another user than the files' owner.
    os: 3,
    attrs: 0o100644 << 16,
  });
}

/**
 * @param folder of the bundle
 * @param outFolder folder for the zip
 * @returns path of the zip; its name contains the hash of its contents
 */
export function packageLambda(folder: string, outFolder: string): string {
  const zip = zipBundle(folder);
  const hash = createHash('sha256').update(zip).digest('hex').slice(0, 16);
  mkdirSync(outFolder, { recursive: true });
  const file = path.join(outFolder, `output-sink-${hash}.zip`);
  writeFileSync(file, zip);
  return file;
}

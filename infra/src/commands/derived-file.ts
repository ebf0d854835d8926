import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param out folder of derived files
 * @param kind of file, which is the name of a subfolder
 * @param name without its extension
 * @param value content, written as JSON
 * @returns the file
 */
export function writeDerived(out: string, kind: string, name: string, value: unknown): string {
  const folder = path.join(out, kind);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
  return file;
}

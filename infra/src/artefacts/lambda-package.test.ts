import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { zipBundle } from './lambda-package';

const folder = mkdtempSync(path.join(os.tmpdir(), 'bundle '));
afterAll(() => rmSync(folder, { recursive: true }));

/** @returns a folder with a bundle whose files have the given age */
function bundle(name: string, code: string, modified: Date): string {
  const own = path.join(folder, name);
  mkdirSync(own);
  for (const [file, content] of [
    ['index.mjs', code],
    ['index.mjs.map', '{}'],
  ] as const) {
    writeFileSync(path.join(own, file), content);
    utimesSync(path.join(own, file), modified, modified);
  }
  return own;
}

describe('zipBundle', () => {
  const old = zipBundle(bundle('old', 'export const handler = 1;', new Date('2020-01-01')));

  it('has the files', () => {
    const files = unzipSync(old);
    expect(Object.keys(files)).toEqual(['index.mjs', 'index.mjs.map']);
    expect(strFromU8(files['index.mjs'] ?? new Uint8Array())).toBe('export const handler = 1;');
  });

  it('has the same bytes for the same bundle, whatever its age', () => {
    expect(zipBundle(bundle('new', 'export const handler = 1;', new Date('2026-06-01')))).toEqual(old);
  });

  it('has other bytes for another bundle', () => {
    expect(zipBundle(bundle('other', 'export const handler = 2;', new Date('2020-01-01')))).not.toEqual(old);
  });

  it('names the missing bundle', () => {
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    expect(() => zipBundle(empty)).toThrow(`index.mjs is missing in ${empty}`);
  });
});

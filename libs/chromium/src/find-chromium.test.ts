import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChromium } from './find-chromium';

const folder = mkdtempSync(path.join(os.tmpdir(), 'a chromium '));
afterAll(() => rmSync(folder, { recursive: true }));
const program = path.join(folder, 'chromium');

it('uses CHROMIUM_PATH', () => {
  writeFileSync(program, '');
  expect(findChromium({ CHROMIUM_PATH: program, PATH: '' })).toBe(program);
});

it('rejects a CHROMIUM_PATH that does not exist', () => {
  expect(() => findChromium({ CHROMIUM_PATH: path.join(folder, 'none') })).toThrow(/CHROMIUM_PATH is .*none/);
});

it('finds it on the PATH, and ignores files that are not executable', () => {
  const env = { PATH: ['', '/no/such/folder', folder].join(path.delimiter) };
  writeFileSync(program, '');
  chmodSync(program, 0o644);
  expect(findChromium(env)).not.toBe(program);
  chmodSync(program, 0o755);
  expect(findChromium(env)).toBe(program);
});

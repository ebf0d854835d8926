import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readPrivacyKey } from './privacy-key';

const KEY = 'k23456789012345678901234567890ab';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'privacy-key-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (content: string | Buffer) => {
  const file = path.join(folder, 'key');
  writeFileSync(file, content);
  return readPrivacyKey(file, '--privacy-key');
};

it.each(['', '\n', '\r\n'])('leaves out one line break at the end: %j', (end) => {
  expect(read(`${KEY}${end}`)).toEqual(Buffer.from(KEY));
  expect(read(`${KEY}\n${end}`)).toEqual(Buffer.from(end === '' ? KEY : `${KEY}\n`));
});

it('takes any bytes', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  expect(read(bytes)).toEqual(bytes);
});

it.each(['', '\n', 'hunter2', KEY.slice(1)])('refuses the short key %j, without showing it', (key) => {
  const bytes = key.trim().length;
  const message = `--privacy-key: the key in ${path.join(folder, 'key')} has ${bytes} bytes, but must have at least 32.`;
  expect(() => read(key)).toThrow(message);
});

it('names the option and the file that cannot be read', () => {
  const file = path.join(folder, 'absent');
  expect(() => readPrivacyKey(file, '--privacy-key')).toThrow(
    `--privacy-key: the key in ${file} cannot be read: ENOENT`,
  );
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeadLetterFile } from './dead-letter-file';

const failure = { code: 'ValidationException', message: 'no', attempts: 1, permanent: true, maybeDelivered: false };
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'dead letters '))));
afterEach(() => rmSync(folder, { recursive: true }));

it('keeps each record with its reason on a separate line, for any bytes', () => {
  const file = new DeadLetterFile(path.join(folder, 'new folder', 'failed.jsonl'));
  file.add('clicks', { partitionKey: 'a\nb', data: Buffer.from([0, 255, 10]) }, failure);
  file.add('clicks', { partitionKey: 'c', data: 'ü' }, failure);
  const lines = readFileSync(file.file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      failed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      stream: 'clicks',
      partition_key: 'a\nb',
      code: 'ValidationException',
      message: 'no',
      attempts: 1,
      permanent: true,
      maybe_delivered: false,
      data_base64: 'AP8K',
    },
    expect.objectContaining({ partition_key: 'c', data_base64: Buffer.from('ü').toString('base64') }),
  ]);
  expect(file.count).toBe(2);
});

it('adds to what is there, and makes no file without a failure', () => {
  const name = path.join(folder, 'failed.jsonl');
  const file = new DeadLetterFile(name);
  expect(existsSync(name)).toBe(false);
  writeFileSync(name, 'before\n');
  file.add('clicks', { partitionKey: 'a', data: '' }, failure);
  expect(readFileSync(name, 'utf8')).toMatch(/^before\n\{.*\}\n$/);
});

it('says so when it cannot write', () => {
  const file = new DeadLetterFile(folder);
  expect(() => file.add('clicks', { partitionKey: 'a', data: '' }, failure)).toThrow('EISDIR');
  expect(file.count).toBe(0);
});

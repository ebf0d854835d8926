import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeRecorded } from './write-recorded';

describe('writeRecorded', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'write recorded '))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const signal = new AbortController().signal;

  it('writes each stream to its file, in order, one record per line', async () => {
    const records = [
      { stream: 'impressions', data: '{"a":1}' },
      { stream: 'clicks', data: 'no JSON' },
      { stream: 'impressions', data: new Uint8Array([0x62]) },
    ] as const;
    const counted: number[] = [];
    const files = await writeRecorded(records, folder, { onRecord: (count) => counted.push(count), signal });
    expect(readFileSync(files.impression, 'utf8')).toBe('{"a":1}\nb\n');
    expect(readFileSync(files.click, 'utf8')).toBe('no JSON\n');
    expect(counted).toEqual([1, 2, 3]);
  });

  it('writes all records if they exceed the buffers', async () => {
    const line = 'x'.repeat(10_000);
    const records = Array.from({ length: 500 }, () => ({ stream: 'clicks' as const, data: line }));
    const { click } = await writeRecorded(records, folder, { onRecord: () => {}, signal });
    expect(readFileSync(click, 'utf8')).toBe(`${line}\n`.repeat(500));
  });

  it('ends at the signal', async () => {
    const ended = AbortSignal.abort(new Error('enough'));
    const records = [{ stream: 'clicks' as const, data: 'x' }];
    await expect(writeRecorded(records, folder, { onRecord: () => {}, signal: ended })).rejects.toThrow('enough');
  });
});

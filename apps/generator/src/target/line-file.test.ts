import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FileTarget } from './file-target';
import { LineFile } from './line-file';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'line file '))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('LineFile', () => {
  it('writes text and bytes unchanged, more than a buffer holds', async () => {
    const file = path.join(folder, 'new folder', 'lines');
    const lines = await LineFile.create(file);
    const long = 'x'.repeat(1_000);
    for (let i = 0; i < 2_000; i += 1) await lines.write(long);
    await lines.write(Uint8Array.of(0xff, 0xfe));
    await lines.close();
    const written = readFileSync(file);
    expect(written.subarray(-4)).toEqual(Buffer.of(0x0a, 0xff, 0xfe, 0x0a));
    expect(written.length).toBe(2_000 * 1_001 + 3);
  });

  it('does not overwrite a file, and reports why it cannot write', async () => {
    const file = path.join(folder, 'lines');
    writeFileSync(file, 'precious');
    await expect(LineFile.create(file)).rejects.toThrow(/Cannot write .*lines: the file exists/);
    expect(readFileSync(file, 'utf8')).toBe('precious');
    await expect(LineFile.create(path.join(file, 'below'))).rejects.toThrow(/Cannot write .*below: /);
  });

  it.each(['a\nb', Uint8Array.of(1, 0x0a)])('refuses a line break within a record (%p)', async (record) => {
    const lines = await LineFile.create(path.join(folder, 'lines'));
    await expect(lines.write(record)).rejects.toThrow(/line break/);
    await lines.close();
  });
});

describe('FileTarget', () => {
  it('sorts the records by stream and counts them', async () => {
    const target = await FileTarget.create(folder);
    const record = (stream: 'impressions' | 'clicks', data: string) => ({
      stream,
      data,
      partitionKey: 'k',
      arrivalMs: 0,
    });
    await target.put(record('impressions', 'i1'));
    await target.put(record('clicks', 'c1'));
    await target.put(record('impressions', 'i2'));
    await target.close();
    expect(readFileSync(path.join(folder, 'impressions.jsonl'), 'utf8')).toBe('i1\ni2\n');
    expect(readFileSync(path.join(folder, 'clicks.jsonl'), 'utf8')).toBe('c1\n');
    expect(target.counts()).toEqual({ sent: { impressions: 2, clicks: 1 }, failed: 0, waiting: 0, retried: 0 });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { recordLines, splitLines } from './record-lines';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* chunked(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe('splitLines', () => {
  it('returns the same lines for any chunks, including bytes that are not text', async () => {
    const line = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a)));
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 10 }), sizes, async (lines, cut) => {
        const bytes = Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')]));
        expect(await all(splitLines(chunked(bytes, cut)))).toEqual(lines);
      }),
    );
  });

  it('accepts a last line without a newline', async () => {
    expect((await all(splitLines(chunked(Buffer.from('a\nb'), [1])))).map(String)).toEqual(['a', 'b']);
  });
});

describe('recordLines', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'record lines '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const text = Array.from({ length: 50_000 }, (_, i) => `{"n":${i}}\n`).join('');

  it.each([
    ['plain', Buffer.from(text)],
    ['gzip, with any file name', gzipSync(text)],
    [
      'gzip of two members, as concatenated logs are',
      Buffer.concat([gzipSync(text.slice(0, 100_003)), gzipSync(text.slice(100_003))]),
    ],
  ])('reads a %s file', async (_, bytes) => {
    const file = path.join(folder, 'records.jsonl');
    writeFileSync(file, bytes);
    const lines = await all(recordLines(file));
    expect(lines).toHaveLength(50_000);
    expect(lines[49_999]?.toString()).toBe('{"n":49999}');
  });

  it('rejects for a missing file and for a broken gzip', async () => {
    await expect(all(recordLines(path.join(folder, 'absent')))).rejects.toThrow(/ENOENT/);
    const file = path.join(folder, 'cut.gz');
    writeFileSync(file, gzipSync(text).subarray(0, 1000));
    await expect(all(recordLines(file))).rejects.toThrow(/unexpected end of file/);
  });

  it('returns no lines for an empty file', async () => {
    const file = path.join(folder, 'empty');
    writeFileSync(file, '');
    expect(await all(recordLines(file))).toEqual([]);
  });
});

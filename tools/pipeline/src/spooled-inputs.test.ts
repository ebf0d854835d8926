import { execFileSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { withSpooledInputs } from './spooled-inputs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'spool '))));
afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const contents = (files: Record<string, string>) =>
  Promise.resolve(Object.fromEntries(Object.entries(files).map(([name, file]) => [name, readFileSync(file, 'utf8')])));

describe('withSpooledInputs', () => {
  it('passes files on unchanged', async () => {
    const file = path.join(folder, 'a');
    writeFileSync(file, 'x');
    const inputs = { impressions: file, clicks: file };
    expect(await withSpooledInputs(inputs, { signal }, (files) => Promise.resolve(files))).toEqual(inputs);
  });

  it('copies standard input and removes the copy', async () => {
    const file = path.join(folder, 'a');
    writeFileSync(file, 'click\n');
    let copy = '';
    const found = await withSpooledInputs(
      { impressions: '-', clicks: file },
      { signal, stdin: Readable.from(['imp', 'ression\n']) },
      (files) => contents(files).finally(() => (copy = files.impressions)),
    );
    expect(found).toEqual({ impressions: 'impression\n', clicks: 'click\n' });
    expect(existsSync(copy)).toBe(false);
  });

  it('reads two pipes that one program fills in turn', async () => {
    const [impressions, clicks] = ['i', 'c'].map((name) => path.join(folder, name)) as [string, string];
    execFileSync('mkfifo', [impressions, clicks]);
    const written = withSpooledInputs({ impressions, clicks }, { signal }, contents);
    // More than the buffer of a pipe, in the first pipe while the second one is open and empty.
    const [toImpressions, toClicks] = [createWriteStream(impressions), createWriteStream(clicks)];
    toImpressions.end('x'.repeat(1 << 20));
    toImpressions.on('finish', () => toClicks.end('y'));
    expect(await written).toEqual({ impressions: 'x'.repeat(1 << 20), clicks: 'y' });
  });

  it('rejects standard input for both', async () => {
    await expect(withSpooledInputs({ impressions: '-', clicks: '-' }, { signal }, contents)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('Only one input can be -') as string,
    });
  });

  it('names an input that breaks off', async () => {
    const stdin = new Readable({ read: () => stdin.destroy(new Error('gone')) });
    await expect(withSpooledInputs({ impressions: '-' }, { signal, stdin }, contents)).rejects.toThrow(
      '- cannot be read to its end: gone',
    );
  });
});

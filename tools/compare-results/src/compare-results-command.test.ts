import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CONFIG_FILE } from '@ad-analytics/setup/layout.cjs';
import { compareResultsCommand } from './compare-results-command';

const TIMES = ['--since', '2026-11-27T10:00:00.000Z', '--until', '2026-11-27T10:10:00.000Z'];
let folder: string;
let green: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'compare results '));
  green = path.join(folder, 'green.json');
  writeFileSync(green, readFileSync(CONFIG_FILE, 'utf8').replace('"AdResultantOutput"', '"AdResultantOutput-green"'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) =>
  compareResultsCommand(new AbortController().signal)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: 'user' });

describe('compare-results', () => {
  it('refuses to compare a stream with itself', async () => {
    await expect(run('--first', CONFIG_FILE, '--second', CONFIG_FILE, ...TIMES)).rejects.toMatchObject({
      message: expect.stringContaining('Both files name the same stream AdResultantOutput'),
      exitCode: 2,
    });
  });

  it('refuses a time that ends before it begins', async () => {
    const turned = ['--since', TIMES[3] ?? '', '--until', TIMES[1] ?? ''];
    await expect(run('--first', CONFIG_FILE, '--second', green, ...turned)).rejects.toThrow('--since must be before');
  });

  it('names a time that is not one', async () => {
    const wrong = ['--since', 'yesterday', '--until', TIMES[3] ?? ''];
    await expect(run('--first', CONFIG_FILE, '--second', green, ...wrong)).rejects.toThrow('--since');
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'exit code '))));
afterAll(() => rmSync(folder, { recursive: true }));

/** @returns the exit code of a command in a separate process, as the npm scripts and Nx targets see it */
function exitCodeOf(...args: string[]): number | null {
  const command = [path.join(ROOT, 'tools', 'setup', 'run.mjs'), ...args];
  return spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'ignore' }).status;
}

it('is that of a command that sets process.exitCode and returns', () => {
  const results = path.join(folder, 'results.jsonl');
  writeFileSync(results, 'not a result\n');
  expect(exitCodeOf('archive', '--results', results, '--out', path.join(folder, 'archive'))).toBe(BOOKS_DO_NOT_BALANCE);
});

it('is 2 for an unknown command and for an unknown option', () => {
  expect(exitCodeOf('no-such-command')).toBe(2);
  expect(exitCodeOf('verify', '--no-such-option')).toBe(2);
});

it('is 0 for the help', () => expect(exitCodeOf('verify', '--help')).toBe(0));

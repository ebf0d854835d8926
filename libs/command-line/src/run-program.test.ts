import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { alive } from '@ad-analytics/setup/lock.cjs';
import { CommandError } from './errors';
import { waitUntil } from './wait-until';
import { runProgram } from './run-program';

const options = (interrupted = new AbortController().signal) => ({
  cwd: process.cwd(),
  env: process.env,
  interrupted,
  capture: true,
});
const node = (script: string, interrupted?: AbortSignal) =>
  runProgram(process.execPath, ['-e', script], options(interrupted));

describe('runProgram', () => {
  it('returns the exit code and the output', async () => {
    expect(await node('console.log("a  b"); process.exitCode = 7')).toEqual({ code: 7, output: 'a  b\n' });
  });

  it('passes on each line of both outputs', async () => {
    const lines: string[] = [];
    const script = 'console.log("a\\nb"); console.error("c"); process.stdout.write("d")';
    await runProgram(process.execPath, ['-e', script], {
      ...options(),
      capture: false,
      onLine: (line) => lines.push(line),
    });
    expect(lines.sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('names the program that cannot be started', async () => {
    await expect(runProgram('/no/such/program', [], options())).rejects.toThrow(CommandError);
  });

  it('ends the program and its children when it is interrupted', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'run program '));
    const file = path.join(folder, 'pid');
    const sleeper = 'setInterval(() => {}, 1000)';
    const parent =
      `const child = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(sleeper)}]);` +
      `require("node:fs").writeFileSync(${JSON.stringify(file)}, String(child.pid)); ${sleeper}`;
    const interrupt = new AbortController();
    const running = node(parent, interrupt.signal);
    const interrupting = waitUntil(
      async () => (existsSync(file) && readFileSync(file, 'utf8') !== '' ? true : undefined),
      { intervalMs: 20, timeoutMs: 60_000, onTimeout: () => new Error('it never started') },
    ).then(() => interrupt.abort(new Error('enough')));
    await expect(running).rejects.toThrow('enough');
    await interrupting;
    const grandchild = Number(readFileSync(file, 'utf8'));
    await waitUntil(async () => (alive(grandchild) ? undefined : true), {
      intervalMs: 20,
      timeoutMs: 60_000,
      onTimeout: () => new Error('its child is still running'),
    });
    rmSync(folder, { recursive: true });
  });
});

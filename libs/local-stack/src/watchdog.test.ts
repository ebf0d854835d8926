import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { alive } from './alive-for-tests';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'watch dog '))));
afterEach(() => rmSync(folder, { recursive: true }));

const within = <T>(probe: () => T | undefined, what: string): Promise<T> =>
  waitUntil(async () => probe(), {
    intervalMs: 20,
    timeoutMs: 15_000,
    onTimeout: () => new Error(`not in time: ${what}`),
  });

/** A tool that starts a part which ignores SIGTERM, writes a file about itself, and waits to be killed. */
const TOOL = `
  const { spawn } = require('node:child_process');
  const { renameSync, writeFileSync } = require('node:fs');
  const [watchdogScript, file] = process.argv.slice(1);
  const part = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'],
    { detached: true, stdio: 'ignore' });
  const watchdog = spawn(process.execPath, [watchdogScript], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.stdin.write(JSON.stringify({ guard: part.pid }) + '\\n');
  watchdog.stdin.write(JSON.stringify({ file, pid: process.pid }) + '\\n',
    () => {
      writeFileSync(file + '.part', JSON.stringify({ pid: process.pid, part: part.pid, watchdog: watchdog.pid }));
      renameSync(file + '.part', file);
    });
  setInterval(() => {}, 1000);`;

describe('the watchdog', () => {
  it('kills the parts and removes the file when the tool is killed with SIGKILL', async () => {
    const file = path.join(folder, 'current stack.json');
    const tool = spawn(process.execPath, ['-e', TOOL, path.join(__dirname, 'watchdog-process.cjs'), file], {
      stdio: 'ignore',
    });
    const pids = await within(
      () =>
        existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { part: number; watchdog: number }) : undefined,
      'the tool has started its part',
    );
    // Time for the part to install its signal handler.
    await new Promise((resolve) => setTimeout(resolve, 200));
    tool.kill('SIGKILL');
    await once(tool, 'exit');
    await within(() => !alive(pids.part) || undefined, 'the part is gone');
    await within(() => !alive(pids.watchdog) || undefined, 'the watchdog itself is gone');
    expect(existsSync(file)).toBe(false);
  }, 30_000);

  it('does not touch released groups and files of another run', async () => {
    const file = path.join(folder, 'current stack.json');
    writeFileSync(file, JSON.stringify({ pid: 1 }));
    const part = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    const watchdog = spawn(process.execPath, [path.join(__dirname, 'watchdog-process.cjs')], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    for (const message of [{ guard: part.pid }, { release: part.pid }, { file, pid: 2 }]) {
      watchdog.stdin?.write(`${JSON.stringify(message)}\n`);
    }
    watchdog.stdin?.end();
    const [code] = (await once(watchdog, 'exit')) as [number];
    expect(code).toBe(0);
    expect(alive(part.pid ?? 0)).toBe(true);
    expect(existsSync(file)).toBe(true);
    part.kill('SIGKILL');
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PartFailedError } from '@ad-analytics/command-line/errors';
import { type ManagedProcess, startProcess } from './managed-process';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { Watchdog } from './watchdog';
import { alive } from './alive-for-tests';

let folder: string;
let watchdog: Watchdog;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'managed process '));
  watchdog = Watchdog.start();
});
afterEach(() => {
  watchdog.close();
  rmSync(folder, { recursive: true });
});

const logFile = () => path.join(folder, 'part.log');
const start = (script: string): ManagedProcess =>
  startProcess(
    {
      name: 'A part',
      command: process.execPath,
      args: ['-e', script],
      cwd: folder,
      env: process.env,
      logFile: logFile(),
    },
    watchdog,
  );

/** Waits for a line in the log and returns the text after the word. */
const logged = (word: string): Promise<string> =>
  waitUntil(async () => new RegExp(`${word} (\\S+)`).exec(readFileSync(logFile(), 'utf8'))?.[1], {
    intervalMs: 10,
    timeoutMs: 10_000,
    onTimeout: () => new Error(`no "${word}" in the log`),
  });

/** A child process whose own child ignores SIGTERM. */
const STUBBORN_FAMILY = `
  const inner = require('child_process').spawn(process.execPath,
    ['-e', 'process.on("SIGTERM", () => {}); console.log("ready", 1); setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  console.log('inner', inner.pid);
  setInterval(() => {}, 1000);`;

describe('a managed process', () => {
  it('is stopped with all its children, even if they ignore SIGTERM', async () => {
    const child = start(STUBBORN_FAMILY);
    const inner = Number(await logged('inner'));
    await logged('ready');
    await child.stop(200);
    await waitUntil(async () => (alive(inner) ? undefined : true), {
      intervalMs: 10,
      timeoutMs: 5_000,
      onTimeout: () => new Error('the inner process is still alive'),
    });
    expect(alive(child.pid)).toBe(false);
  });

  it('is killed if it ignores SIGTERM itself', async () => {
    const child = start(`process.on('SIGTERM', () => {}); console.log('ready', 1); setInterval(() => {}, 1000)`);
    await logged('ready');
    await child.stop(100);
    expect(await child.ended).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('reports an unexpected end, with the end of its log', async () => {
    const child = start(`console.error('out of cheese'); process.exit(7)`);
    const error = await child.failed.catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(PartFailedError);
    expect((error as Error).message).toContain('A part ended with exit code 7');
    expect((error as Error).message).toContain('out of cheese');
    expect((error as Error).message).toContain(logFile());
  });

  it('does not call a stop a failure', async () => {
    const child = start('setInterval(() => {}, 1000)');
    const failed = jest.fn();
    child.failed.catch(failed);
    await child.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(failed).not.toHaveBeenCalled();
  });

  it('can be killed on purpose, which is not a failure', async () => {
    const child = start('setInterval(() => {}, 1000)');
    const failed = jest.fn();
    child.failed.catch(failed);
    await child.kill();
    expect(await child.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(failed).not.toHaveBeenCalled();
  });

  it('can be a process that is expected to end', async () => {
    await expect(start('').succeeded).resolves.toBeUndefined();
    await expect(start('process.exit(1)').succeeded).rejects.toBeInstanceOf(PartFailedError);
  });

  it('names the program that cannot be started', () => {
    const spec = {
      name: 'A part',
      command: path.join(folder, 'absent'),
      args: [],
      cwd: folder,
      env: {},
      logFile: logFile(),
    };
    expect(() => startProcess(spec, watchdog)).toThrow(/could not be started.*absent/);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

/** Two Ctrl-C within this time count as one. */
const APART_MS = 1_700;
const LOADER = pathToFileURL(path.join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;

let child: ChildProcess;
afterEach(() => child.kill('SIGKILL'));

/** Runs a script with `interrupted` and `next`, and returns its output line by line. */
function start(script: string): () => Promise<string> {
  const file = JSON.stringify(path.join(__dirname, 'interrupts.ts'));
  const text = `
    const { listenForInterrupts, nextInterrupt } = require(${file});
    const interrupted = listenForInterrupts();
    const next = () => nextInterrupt(interrupted);
    const alive = setInterval(() => {}, 1000);
    ${script}
    console.log('ready');`;
  child = spawn(process.execPath, ['--import', LOADER, '--eval', text], {
    env: { ...process.env, TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.base.json') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const waiting: ((line: string) => void)[] = [];
  const flush = () => {
    while (waiting.length > 0 && output.includes('\n')) {
      const end = output.indexOf('\n');
      waiting.shift()!(output.slice(0, end));
      output = output.slice(end + 1);
    }
  };
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    flush();
  });
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      flush();
    });
}
const apart = () => new Promise((resolve) => setTimeout(resolve, APART_MS));

it('ends the process at the second Ctrl-C', async () => {
  const line = start(`interrupted.addEventListener('abort', () => console.log(String(interrupted.reason.exitCode)));`);
  expect(await line()).toBe('ready');
  child.kill('SIGINT');
  expect(await line()).toBe('130');
  await apart();
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

it('passes an interrupt to work that waits for the next one, whether it is the first or the second', async () => {
  const line = start(`next().then(() => console.log('one')).then(next).then(() => {
    console.log('two');
    clearInterval(alive);
    process.exitCode = 5;
  });`);
  expect(await line()).toBe('ready');
  child.kill('SIGINT');
  // The terminal, npm and the set-up each forward it.
  child.kill('SIGINT');
  expect(await line()).toBe('one');
  await apart();
  child.kill('SIGTERM');
  expect(await line()).toBe('two');
  expect(await once(child, 'exit')).toEqual([5, null]);
});

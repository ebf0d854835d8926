import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { enlargePipe, makePipe, readPipe } from './named-pipe';

let folder: string;
let pipe: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'a pipe '));
  pipe = path.join(folder, 'pipe');
  expect(makePipe(pipe)).toBe(true);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts the pieces together, or fails at the first one. */
function taker(failure?: Error) {
  const block = Buffer.alloc(1_000);
  const taken: string[] = [];
  return {
    text: () => taken.join(''),
    space: () => block,
    filled(bytes: number) {
      if (failure !== undefined) throw failure;
      taken.push(block.toString('utf8', 0, bytes));
    },
  };
}

it('returns everything that a writer wrote', async () => {
  const [text, into] = ['0123456789'.repeat(50_000), taker()];
  await readPipe(pipe, into, () => writeFile(pipe, text));
  expect(into.text()).toBe(text);
});

it('ends when the writer did not open the pipe', async () => {
  const into = taker();
  await readPipe(pipe, into, () => Promise.resolve());
  expect(into.text()).toBe('');
});

it('throws the error of the consumer, not the broken pipe of the writer', async () => {
  const failure = new Error('enough');
  const written = readPipe(pipe, taker(failure), () => writeFile(pipe, Buffer.alloc(1_000_000)));
  await expect(written).rejects.toBe(failure);
});

it('throws what the writer throws', async () => {
  const failure = new Error('no such column');
  await expect(readPipe(pipe, taker(), () => Promise.reject(failure))).rejects.toBe(failure);
});

const onLinux = process.platform === 'linux' ? it : it.skip;
onLinux('holds a megabyte before its writer waits (only Linux lets a program set the size of a pipe)', () => {
  const bytes = Buffer.alloc(2 * 1024 * 1024);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    enlargePipe(pipe);
    expect(writeSync(writer, bytes)).toBe(1024 * 1024);
  } finally {
    closeSync(writer);
    closeSync(reader);
  }
});

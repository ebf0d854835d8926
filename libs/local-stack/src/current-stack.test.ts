import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { currentStackFile, removeCurrentStack, writeCurrentStack } from './current-stack';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'current stack '))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the current stack', () => {
  const stack = { pid: 42, endpoint: 'e', region: 'r', configFile: 'c', flinkRest: 'f', runFolder: 'd' };

  it('is written to a file and removed', () => {
    writeCurrentStack(folder, stack);
    expect(JSON.parse(readFileSync(currentStackFile(folder), 'utf8'))).toEqual(stack);
    removeCurrentStack(folder, 42);
    expect(existsSync(currentStackFile(folder))).toBe(false);
  });

  it('is not removed if it belongs to another stack', () => {
    writeCurrentStack(folder, { ...stack, pid: 43 });
    removeCurrentStack(folder, 42);
    expect(existsSync(currentStackFile(folder))).toBe(true);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findLocalStack, findProjectRoot, LocalStackAddressError } from './index';

/** A process id that cannot exist: Linux allows ids up to 2^22. */
const NO_PROCESS = 2 ** 30;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'local stack '));
  mkdirSync(path.join(root, '.run'));
});
afterEach(() => rmSync(root, { recursive: true }));
const write = (text: string) => writeFileSync(path.join(root, '.run', 'current-stack.json'), text);
const address = (pid: number) => ({
  pid,
  endpoint: 'http://127.0.0.1:4566',
  region: 'us-east-1',
  configFile: '/run/kinesis-config.json',
  flinkRest: 'http://127.0.0.1:8081',
});
function failure(): LocalStackAddressError {
  try {
    findLocalStack(root);
  } catch (error) {
    if (error instanceof LocalStackAddressError) return error;
    throw error;
  }
  throw new Error('It found a stack.');
}

describe('findLocalStack', () => {
  it('finds the running stack, and ignores other fields of the file', () => {
    write(JSON.stringify({ ...address(process.pid), runFolder: '/run/1' }));
    expect(findLocalStack(root)).toEqual(address(process.pid));
  });

  it('says if no stack is running, or it has ended', () => {
    expect(failure()).toMatchObject({ kind: 'absent', message: 'No local stack is running.' });
    write(JSON.stringify(address(NO_PROCESS)));
    expect(failure()).toMatchObject({
      kind: 'absent',
      message: expect.stringMatching(/\(process 1073741824\) has ended/),
    });
  });

  it.each(['endpoint', 'region', 'configFile', 'flinkRest', 'pid'] as const)('names a wrong %s', (field) => {
    write(JSON.stringify({ ...address(process.pid), [field]: [] }));
    expect(failure()).toMatchObject({ kind: 'unreadable', message: expect.stringContaining(field) });
  });

  it('reports a file that is not JSON', () => {
    write('{');
    expect(failure()).toMatchObject({ kind: 'unreadable', message: expect.stringContaining('current-stack.json') });
  });
});

describe('findProjectRoot', () => {
  it('finds the folder of nx.json at or above', () => {
    writeFileSync(path.join(root, 'nx.json'), '{}');
    expect(findProjectRoot(path.join(root, '.run'))).toBe(root);
    expect(findProjectRoot(root)).toBe(root);
    expect(findProjectRoot(path.parse(root).root)).toBeUndefined();
  });
});

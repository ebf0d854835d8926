import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRunFolder, runFolderName } from './run-folder';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'run folder '))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('run folders', () => {
  const now = new Date('2026-11-24T15:01:02.345Z');

  it('sort by time', () => expect(runFolderName(now, 'demo')).toBe('20261124T150102Z-demo'));

  it('differ for two runs of the same second', () => {
    const [first, second] = [createRunFolder(folder, 'demo', now), createRunFolder(folder, 'demo', now)];
    expect(first).not.toBe(second);
    expect(existsSync(path.join(second, 'logs'))).toBe(true);
  });
});

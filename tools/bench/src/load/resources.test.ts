import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { filesBelow } from './resources';

describe('filesBelow', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'files-below-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('counts files and bytes in all folders', () => {
    mkdirSync(path.join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(path.join(folder, 'one'), '1');
    writeFileSync(path.join(folder, 'a', 'b', 'three'), '333');
    expect(filesBelow(folder)).toEqual({ files: 2, bytes: 4 });
  });

  it('finds nothing in a folder that does not exist yet', () => {
    expect(filesBelow(path.join(folder, 'later'))).toEqual({ files: 0, bytes: 0 });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { logTail } from './log-tail';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'log tail '))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('logTail', () => {
  it('returns the last lines, also of a long log', () => {
    const file = path.join(folder, 'a.log');
    writeFileSync(file, Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n') + '\n');
    expect(logTail(file, 2)).toBe('line 19998\nline 19999');
  });

  it('says if the log is missing', () => expect(logTail(path.join(folder, 'absent'))).toContain('no log'));
});

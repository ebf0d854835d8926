import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { acquire } from './lock.cjs';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'set up lock '));
  file = path.join(folder, 'setup.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('acquire', () => {
  it('lets one in at a time, in this or any other process', async () => {
    let inside = 0;
    let most = 0;
    const waiting: number[] = [];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const release = await acquire(file, { pollMs: 2, onWait: (pid) => waiting.push(pid) });
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 10));
        inside -= 1;
        release();
      }),
    );
    expect(most).toBe(1);
    expect(waiting).toHaveLength(7);
    expect(existsSync(file)).toBe(false);
  });

  it('replaces the lock of a dead process', async () => {
    writeFileSync(file, `${await deadPid()} some-token\n`);
    const release = await acquire(file, { pollMs: 2 });
    release();
    expect(existsSync(file)).toBe(false);
  });

  it('replaces a lock that was not touched for long, although its process id is in use', async () => {
    writeFileSync(file, `${process.pid} some-token\n`);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file, longAgo, longAgo);
    const release = await acquire(file, { pollMs: 2 });
    release();
  });

  it('lets only one of many processes replace a stale lock', async () => {
    writeFileSync(file, `${await deadPid()} some-token\n`);
    let inside = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const release = await acquire(file, { pollMs: 1 });
        expect((inside += 1)).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside -= 1;
        release();
      }),
    );
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PartFailedError } from '@ad-analytics/command-line/errors';
import { Parts } from './parts';

let folder: string;
let parts: Parts;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stack parts '));
  parts = new Parts();
});
afterEach(async () => {
  await parts.stop();
  rmSync(folder, { recursive: true });
});

const spec = (name: string, script: string) => ({
  name,
  command: process.execPath,
  args: ['-e', script],
  cwd: folder,
  env: process.env,
  logFile: path.join(folder, `${name}.log`),
});
const FOREVER = 'setInterval(() => {}, 1000)';

describe('the parts of a stack', () => {
  it('report when one of them dies', async () => {
    parts.start(spec('good', FOREVER));
    parts.start(spec('bad', 'setTimeout(() => process.exit(3), 50)'));
    await expect(parts.failed).rejects.toThrow(PartFailedError);
    await expect(parts.failed).rejects.toThrow(/^bad ended with exit code 3/);
  });

  it('are stopped in the opposite order of their start', async () => {
    const order: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      void parts.start(spec(name, FOREVER)).ended.then(() => order.push(name));
    }
    await parts.stop();
    expect(order).toEqual(['third', 'second', 'first']);
  });

  it('do not fail when a process ends as expected', async () => {
    const child = parts.startEnding(spec('short', 'process.exit(5)'));
    expect(await child.ended).toEqual({ code: 5, signal: null });
    const first = await Promise.race([parts.failed, Promise.resolve('nothing failed')]);
    expect(first).toBe('nothing failed');
  });

  it('cannot be started during the shutdown', async () => {
    await parts.stop();
    expect(() => parts.start(spec('late', FOREVER))).toThrow(/being stopped/);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as Steps from './step.cjs';

/** Waits in a child process until a file exists. */
const AWAIT = `const until = (file, then) => fs.existsSync(file) ? then() : setTimeout(until, 10, file, then);`;

describe('steps', () => {
  let folder: string;
  let steps: typeof Steps;
  const file = (name: string) => path.join(folder, name);
  const text = (name: string) => JSON.stringify(file(name));
  const step = (title: string, program: string) =>
    steps.runStep(title, file(`${title}.log`), process.execPath, ['-e', AWAIT + program], { cwd: folder });
  const touch = (name: string) => `fs.writeFileSync(${text(name)}, String(process.pid));`;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'steps-'));
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    // A stop is remembered in the module.
    jest.isolateModules(() => (steps = jest.requireActual<typeof Steps>('./step.cjs')));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  it('of two parts run at the same time', async () => {
    await steps.together(
      () => step('one', `${touch('one')} until(${text('two')}, () => {})`),
      () => step('two', `${touch('two')} until(${text('one')}, () => {})`),
    );
  });

  it('of the other parts are stopped when one fails, and no step starts after that', async () => {
    const failing = () =>
      step('fails', `until(${text('endless')}, () => { console.log('disk full'); process.exit(3); })`);
    const other = async () => {
      await step('endless', `${touch('endless')} setInterval(() => {}, 1_000);`).catch(() => {});
      await step('next', touch('next'));
    };
    await expect(steps.together(other, failing)).rejects.toThrow(/fails failed \(exit code 3\)[^]*disk full/);
    const pid = Number(readFileSync(file('endless'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(file('next'))).toBe(false);
    await expect(step('later', touch('later'))).rejects.toThrow('later: not started');
  });

  it('share one line on a terminal, which is not wider than it', async () => {
    const written: string[] = [];
    const out = { isTTY: true, columns: 40, write: (line: string) => written.push(line) };
    const ends = ['Installing npm packages', 'Installing Python packages'].map((title) =>
      steps.showProgress(title, out as unknown as NodeJS.WriteStream),
    );
    while (written.length < 4) await sleep(50);
    const shared = written[3]?.replace('\r\u001b[2K', '');
    for (const end of ends) end('+');
    expect(shared).toMatch(/^\. Installing npm packages \(\ds\); Install$/);
    expect(written.slice(-2).map((line) => line.trim().slice(-34))).toEqual([
      expect.stringContaining('+ Installing npm packages ('),
      expect.stringContaining('+ Installing Python packages ('),
    ]);
  });
});

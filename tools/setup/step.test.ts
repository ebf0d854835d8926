import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as Steps from './step.cjs';

/** Waits in a child process until a file exists. */
const AWAIT = `setTimeout(() => process.exit(9), 60_000).unref(); const until = (file, then) => fs.existsSync(file) ? then() : setTimeout(until, 10, file, then);`;

describe('steps', () => {
  let folder: string;
  let steps: typeof Steps;
  const file = (name: string) => path.join(folder, name);
  const text = (name: string) => JSON.stringify(file(name));
  const step = (title: string, program: string) =>
    steps.runStep(title, file(`${title}.log`), process.execPath, ['-e', AWAIT + program], { cwd: folder });
  /** The file has its content when it appears. */
  const touch = (name: string) =>
    `fs.writeFileSync(${text(`${name}.new`)}, String(process.pid)); fs.renameSync(${text(`${name}.new`)}, ${text(name)});`;

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

  it('of the other parts go on when one fails', async () => {
    const failing = () => step('fails', `console.log('disk full'); process.exit(3);`);
    const other = async () => {
      await step('first', `until(${text('fails.log')}, () => {})`);
      await step('second', touch('second'));
    };
    await expect(steps.together(other, failing)).rejects.toThrow(/fails failed \(exit code 3\)[^]*disk full/);
    expect(existsSync(file('second'))).toBe(true);
  });

  it('are all ended by a stop, and none starts after it', async () => {
    const endless = (name: string) => step(name, `${touch(name)} setTimeout(() => {}, 60_000);`);
    const both = steps.together(
      () => endless('one'),
      async () => {
        await endless('two').catch(() => {});
        await step('next', '');
      },
    );
    const failed = expect(both).rejects.toThrow('one failed (ended by SIGTERM)');
    while (!existsSync(file('one')) || !existsSync(file('two'))) await sleep(10);
    await steps.stopSteps();
    await failed;
    for (const name of ['one', 'two'])
      expect(() => process.kill(Number(readFileSync(file(name), 'utf8')), 0)).toThrow('ESRCH');
    await expect(steps.unlessStopped()).rejects.toThrow('The set-up was stopped.');
    expect(existsSync(file('next.log'))).toBe(false);
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
    expect(shared).toMatch(/^\. \(\ds\) Installing npm packages; \(\ds\) In$/);
    expect(written.slice(-2).map((line) => line.trim().slice(-34))).toEqual([
      expect.stringContaining('+ Installing npm packages ('),
      expect.stringContaining('+ Installing Python packages ('),
    ]);
  });
});

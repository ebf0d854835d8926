import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../setup/layout.cjs';

/** Built or installed, so the copy has links to them. */
const LINKED = ['node_modules', '.venv', 'flink/target'];

/** A copy of the workspace in which a recipe is tried. */
export class WorkspaceCopy {
  /** @param folder of the copy; must not exist */
  constructor(readonly folder: string) {
    const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    for (const name of tracked.split('\0').filter((file) => /^(?:libs|tools|apps|flink|docs|[^/]+$)/.test(file))) {
      const target = path.join(folder, name);
      mkdirSync(path.dirname(target), { recursive: true });
      // A file that was deleted but not yet committed is still listed.
      cpSync(path.join(ROOT, name), target, { force: true, errorOnExist: false });
    }
    for (const name of LINKED) symlinkSync(path.join(ROOT, name), path.join(folder, name), 'dir');
  }

  /** Replaces a text that a file has exactly once. @throws Error when it has not: the recipe no longer fits the file */
  edit(file: string, before: string, after: string): void {
    const name = path.join(this.folder, file);
    const parts = readFileSync(name, 'utf8').split(before);
    if (parts.length !== 2) throw new Error(`${file} has ${JSON.stringify(before)} ${parts.length - 1} times`);
    writeFileSync(name, parts.join(after));
  }

  /**
   * Runs a program in the copy.
   * @param args of Node
   * @param cwd below the copy
   * @returns what it writes to standard output
   * @throws Error with its output, when its exit code is not 0
   */
  node(args: readonly string[], cwd = '.'): string {
    return execFileSync(process.execPath, args, {
      cwd: path.join(this.folder, cwd),
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, TSX_TSCONFIG_PATH: path.join(this.folder, 'tsconfig.base.json') },
    });
  }
}

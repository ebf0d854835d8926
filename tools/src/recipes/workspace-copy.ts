import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

/** Built or installed, so the copy has links to them. */
const LINKED = ['node_modules', '.venv', 'flink/target'];

/** A copy of the workspace in which a recipe is tested. */
export class WorkspaceCopy {
  /** @param folder of the copy; must not exist */
  constructor(readonly folder: string) {
    const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const copied = tracked.split('\0').filter((file) => /^(?:libs|tools|apps|flink|infra|docs|[^/]+$)/.test(file));
    // A file that was deleted but not yet committed is still listed.
    for (const name of copied.filter((file) => existsSync(path.join(ROOT, file)))) {
      const target = path.join(folder, name);
      mkdirSync(path.dirname(target), { recursive: true });
      cpSync(path.join(ROOT, name), target);
    }
    for (const name of LINKED) symlinkSync(path.join(ROOT, name), path.join(folder, name), 'dir');
  }

  /**
   * Runs a program in the copy.
   * @param args of Node
   * @param cwd below the copy
   * @returns what it writes to standard output
   * @throws Error with its output, when its exit code is not 0
   */
  node(args: readonly string[], cwd = '.'): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: path.join(this.folder, cwd),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, TSX_TSCONFIG_PATH: path.join(this.folder, 'tsconfig.base.json') },
    });
    if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`);
    return stdout;
  }
}

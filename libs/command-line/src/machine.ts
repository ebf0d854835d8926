import os from 'node:os';
import { spawnSync } from 'node:child_process';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

/** The machine on which figures were measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly java: string;
}

/** @param java program @returns this machine */
export function describeMachine(java: string): Machine {
  const settings = output(java, ['-XshowSettings:properties', '-version']);
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    java: /java\.runtime\.version = (\S+)/.exec(settings)?.[1] ?? 'unknown',
  };
}

const DIRTY = '-dirty';

/** Folders of reports: changes there do not affect measurements. */
const REPORTS = [':(exclude)docs/benchmarks', ':(exclude)docs/reliability'];

/**
 * @param root of the project
 * @returns the last commit that changed more than reports, marked as dirty if the working tree has such changes; undefined outside a
 *   repository
 */
export function currentCommit(root = ROOT): string | undefined {
  const commit = output('git', ['-C', root, 'log', '-1', '--format=%h', '--', '.', ...REPORTS]).trim();
  if (commit === '') return undefined;
  const changes = output('git', ['-C', root, 'status', '--porcelain', '--untracked-files=no', '--', '.', ...REPORTS]);
  return changes === '' ? commit : `${commit}${DIRTY}`;
}

/** @returns whether the working tree had changes, so that the commit does not say which sources were used */
export const isDirty = (commit: string): boolean => commit.endsWith(DIRTY);

/** @returns load average of the last minute */
export function loadAverage(): number {
  return os.loadavg()[0] ?? 0;
}

/** @returns its output (standard output and error); empty if it cannot be started or fails */
function output(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? `${stdout}${stderr}` : '';
}

import os from 'node:os';
import { spawnSync } from 'node:child_process';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

/** What the figures were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly java: string;
}

/** @param java program @returns the machine that this runs on */
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

/** What commands write there does not change what they measure. */
const REPORTS = [':(exclude)docs/benchmarks', ':(exclude)docs/reliability'];

/**
 * @param root of the project
 * @returns the last commit that changed anything but reports, marked as dirty if the working tree has other changes than of reports;
 *   undefined where git does not know
 */
export function currentCommit(root = ROOT): string | undefined {
  const commit = output('git', ['-C', root, 'log', '-1', '--format=%h', '--', '.', ...REPORTS]).trim();
  if (commit === '') return undefined;
  const changes = output('git', ['-C', root, 'status', '--porcelain', '--untracked-files=no', '--', '.', ...REPORTS]);
  return changes === '' ? commit : `${commit}-dirty`;
}

/** @returns mean number of programs that wanted a processor in the last minute */
export function loadAverage(): number {
  return os.loadavg()[0] ?? 0;
}

/** @returns what it prints on both outputs; nothing where it cannot be started or fails */
function output(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? `${stdout}${stderr}` : '';
}

import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { ProcessSpec } from './managed-process';

/**
 * @param cores maximum number of cores of a process
 * @returns why this machine cannot limit a process to this number of cores; undefined if it can
 */
export function whyNotOnCores(cores: number): string | undefined {
  const available = availableParallelism();
  if (cores > available) return `the machine has ${available} cores`;
  const { status } = spawnSync('taskset', ['--version'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'the program taskset of util-linux is missing';
}

/** @returns this number of cores, if this machine can limit a process to it; otherwise undefined */
export const coresIfPossible = (cores: number): number | undefined =>
  whyNotOnCores(cores) === undefined ? cores : undefined;

/**
 * @param spec a process
 * @param cores number of cores that it may use: the first ones of the machine
 * @returns the same process, limited to these cores from its start, so that a JVM sees only these; its process id is that of the program
 */
export function onCores(spec: ProcessSpec, cores: number): ProcessSpec {
  return { ...spec, command: 'taskset', args: ['--cpu-list', `0-${cores - 1}`, spec.command, ...spec.args] };
}

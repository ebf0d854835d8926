import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { ProcessSpec } from './managed-process';

/**
 * @param cores how many a process is to be limited to
 * @returns why this machine cannot limit a process to so many cores; undefined if it can
 */
export function whyNotOnCores(cores: number): string | undefined {
  const available = availableParallelism();
  if (cores > available) return `the machine has ${available} cores`;
  const { status } = spawnSync('taskset', ['--version'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'the program taskset of util-linux is missing';
}

/**
 * @param spec a process
 * @param cores how many cores it may use: the first ones of the machine
 * @returns the same process, limited to these cores from its start on, so that a JVM sees no others; its process id is that of the program
 */
export function onCores(spec: ProcessSpec, cores: number): ProcessSpec {
  return { ...spec, command: 'taskset', args: ['--cpu-list', `0-${cores - 1}`, spec.command, ...spec.args] };
}

import { execFileSync } from 'node:child_process';

/**
 * @param lines of `ps -A -o pid=,ppid=`
 * @param root process
 * @returns the process and all its descendants
 */
export function descendants(lines: readonly string[], root: number): number[] {
  const children = new Map<number, number[]>();
  for (const line of lines) {
    const [pid = NaN, parent = NaN] = line.trim().split(/\s+/).map(Number);
    if (Number.isInteger(pid)) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** @returns the process and everything that it has started, directly or not */
export function processTree(root: number): number[] {
  const output = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8', maxBuffer: 64 << 20 });
  return descendants(output.split('\n'), root);
}

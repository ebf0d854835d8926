import { execFileSync } from 'node:child_process';

/** A process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  /** Program and arguments. */
  readonly command: string;
}

/** @returns every process whose program or arguments hold this text; not those that list them */
export function processesWith(text: string): RunningProcess[] {
  // -ww: whole command lines, a Flink JVM's class path is long.
  const output = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 64 << 20 });
  return output
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map((match) => ({ pid: Number(match[1]), command: match[2] ?? '' }))
    .filter(({ pid, command }) => command.includes(text) && pid !== process.pid);
}

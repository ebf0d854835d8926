import { readFileSync, readdirSync } from 'node:fs';

/** Linux counts CPU time for programs in hundredths of a second, whatever the kernel is built with (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100;
/** Places after the name in /proc/PID/stat: parent, user time, system time. */
const PARENT = 1;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

/** CPU time so far, in seconds. */
export interface CpuSample {
  /** By name of the thread, subtask numbers left out; the threads of child processes count under `child: <program>`. */
  readonly byThread: Readonly<Record<string, number>>;
  readonly total: number;
}

interface Stat {
  readonly name: string;
  readonly parent: number;
  readonly seconds: number;
}

/** @returns what a line of /proc/PID/stat says; the name is in parentheses and may hold blanks and parentheses itself */
export function parseStat(line: string): Stat {
  const end = line.lastIndexOf(')');
  const fields = line.slice(end + 2).split(' ');
  return {
    name: line.slice(line.indexOf('(') + 1, end),
    parent: Number(fields[PARENT]),
    seconds: (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND,
  };
}

/** @returns the statistics at a path of /proc, undefined when the process or thread has ended */
function readStat(path: string): Stat | undefined {
  try {
    return parseStat(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

const numbered = (folder: string) => {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
};

/** @returns name of a thread without its number; Linux keeps 15 characters of a name */
export function kindOfThread(name: string): string {
  return name
    .replace(/ ?\(\d*\/?\d*\)?#?\d*$/, '')
    .replace(/[#-]?\d+$/, '')
    .trim();
}

/** @returns ids of all processes that descend from one, itself left out */
function descendants(pid: number): { pid: number; stat: Stat }[] {
  const all = numbered('/proc').flatMap((name) => {
    const stat = readStat(`/proc/${name}/stat`);
    return stat === undefined ? [] : [{ pid: Number(name), stat }];
  });
  const found: { pid: number; stat: Stat }[] = [];
  for (let parents = new Set([pid]); parents.size > 0;) {
    const children = all.filter(({ stat }) => parents.has(stat.parent));
    found.push(...children);
    parents = new Set(children.map((child) => child.pid));
  }
  return found;
}

/**
 * @param pid of a running process
 * @returns CPU time of its threads and of all processes below it; of Linux only, from /proc
 */
export function sampleCpu(pid: number): CpuSample {
  const byThread: Record<string, number> = {};
  const add = (name: string, seconds: number) => (byThread[name] = (byThread[name] ?? 0) + seconds);
  for (const task of numbered(`/proc/${pid}/task`)) {
    const stat = readStat(`/proc/${pid}/task/${task}/stat`);
    if (stat !== undefined) add(kindOfThread(stat.name), stat.seconds);
  }
  const children = descendants(pid);
  for (const { stat } of children) add(`child: ${stat.name}`, stat.seconds);
  // The time of the whole process, which includes threads that have ended.
  const own = readStat(`/proc/${pid}/stat`)?.seconds ?? 0;
  return { byThread, total: own + children.reduce((sum, { stat }) => sum + stat.seconds, 0) };
}

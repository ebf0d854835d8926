import { readFileSync } from 'node:fs';

const BYTES_PER_KIB = 1024;

type ReadStatus = (file: string) => string;
const readStatusFile: ReadStatus = (file) => readFileSync(file, 'utf8');

/** @returns a size of /proc/<pid>/status in bytes; undefined where the system does not say (only Linux does) */
function statusSize(pid: number, name: 'VmHWM' | 'VmRSS', readStatus: ReadStatus): number | undefined {
  let status: string;
  try {
    status = readStatus(`/proc/${pid}/status`);
  } catch {
    return undefined;
  }
  const kib = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1];
  return kib === undefined ? undefined : Number(kib) * BYTES_PER_KIB;
}

/**
 * @param pid of a running process
 * @returns the most memory that it has held at once (resident set), in bytes; undefined where the system does not say
 */
export function peakMemory(pid: number, readStatus = readStatusFile): number | undefined {
  return statusSize(pid, 'VmHWM', readStatus);
}

/**
 * @param pid of a running process
 * @returns memory that it holds now (resident set), in bytes; undefined where the system does not say
 */
export function residentMemory(pid: number, readStatus = readStatusFile): number | undefined {
  return statusSize(pid, 'VmRSS', readStatus);
}

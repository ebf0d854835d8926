import { readFileSync } from 'node:fs';

const BYTES_PER_KIB = 1024;

/**
 * @param pid of a running process
 * @returns the most memory that it has held at once (resident set), in bytes; undefined where the system does not tell (it is
 *   Linux that does, in /proc)
 */
export function peakMemory(pid: number, readStatus = (file: string) => readFileSync(file, 'utf8')): number | undefined {
  let status: string;
  try {
    status = readStatus(`/proc/${pid}/status`);
  } catch {
    return undefined;
  }
  const kib = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? undefined : Number(kib) * BYTES_PER_KIB;
}

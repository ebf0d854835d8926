import { readFileSync } from 'node:fs';

const BYTES_PER_KIB = 1024;

/** Memory of a process at a moment. */
export interface MemorySample {
  readonly seconds: number;
  readonly bytes: number;
}

/**
 * @param pid of a running process
 * @returns memory that it holds now (resident set), in bytes; undefined where the system does not say (only Linux does, in /proc)
 */
export function residentMemory(
  pid: number,
  readStatus = (file: string) => readFileSync(file, 'utf8'),
): number | undefined {
  let status: string;
  try {
    status = readStatus(`/proc/${pid}/status`);
  } catch {
    return undefined;
  }
  const kib = /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? undefined : Number(kib) * BYTES_PER_KIB;
}

/**
 * @param samples in the order of time
 * @param points wanted at most
 * @returns the greatest sample of each of as many equal parts: no peak is left out
 */
export function thinned(samples: readonly MemorySample[], points: number): MemorySample[] {
  const each = Math.max(1, Math.ceil(samples.length / points));
  return Array.from({ length: Math.ceil(samples.length / each) }, (_, part) =>
    samples.slice(part * each, (part + 1) * each).reduce((most, sample) => (sample.bytes > most.bytes ? sample : most)),
  );
}

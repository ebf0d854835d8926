import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const BYTES = 8;

/**
 * @param folder of a cluster
 * @returns how many prepared records the job has taken so far, as the source of the benchmarks counts them
 */
export function recordsTaken(folder: string): number {
  const progress = path.join(folder, 'input', 'progress');
  return readdirSync(progress).reduce((sum, name) => {
    const count = readFileSync(path.join(progress, name));
    return sum + (count.length === BYTES ? Number(count.readBigInt64BE()) : 0);
  }, 0);
}

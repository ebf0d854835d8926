import { writeSync } from 'node:fs';
import { CommandError } from '@ad-analytics/command-line/errors';

/** Small enough for the cache of the processor, large enough for few system calls. */
export const BLOCK_BYTES = 256 * 1024;

/**
 * Writes all bytes: one call of the system may write only a part. Synchronous, which takes a third of the CPU time of asynchronous calls.
 * @param file descriptor
 * @param path of the file, for an error
 * @throws CommandError (exit code 1) that names the file, for example when the disk is full
 */
export function writeAll(file: number, path: string, bytes: Buffer): void {
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at);
  } catch (error) {
    throw new CommandError(`${path} cannot be written: ${(error as Error).message}.`);
  }
}

import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

const MAX_BYTES = 64 * 1024;

/**
 * @param file path of a log
 * @param lines number of lines
 * @returns the last lines, or a note if the file is missing or empty
 */
export function logTail(file: string, lines = 20): string {
  if (!existsSync(file)) return '(no log yet)';
  const descriptor = openSync(file, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const buffer = Buffer.alloc(Math.min(size, MAX_BYTES));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n') || '(the log is empty)';
  } finally {
    closeSync(descriptor);
  }
}

import { readFileSync } from 'node:fs';
import { CommandError } from '@ad-analytics/command-line/errors';

/** The least that the job accepts. */
const MIN_KEY_BYTES = 32;

/**
 * Reads the key of the pseudonyms as the job does: the bytes of the file without one line break at its end.
 * @param file path
 * @param option the option or setting that names it, for the error
 * @throws CommandError (exit code 2) when it cannot be read or is too short; the message does not contain the key
 */
export function readPrivacyKey(file: string, option: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new CommandError(`${option}: the key in ${file} cannot be read: ${(error as Error).message}.`, 2);
  }
  const text = bytes.toString('latin1').replace(/\r?\n$/, '');
  if (text.length < MIN_KEY_BYTES) {
    throw new CommandError(
      `${option}: the key in ${file} has ${text.length} bytes, but must have at least ${MIN_KEY_BYTES}.`,
      2,
    );
  }
  return Buffer.from(text, 'latin1');
}

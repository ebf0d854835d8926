import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CommandError } from '@ad-analytics/command-line/errors';

/** The name for standard input. */
export const STANDARD_INPUT = '-';

/** @returns whether it can be read only once: standard input, a pipe, a device */
function isStream(input: string): boolean {
  return input === STANDARD_INPUT || !statSync(input).isFile();
}

/**
 * Copies inputs that can be read only once to files, which are removed after the work: an input is checked before the start, and read again
 * to be sent.
 * @param inputs paths, of which one may be {@link STANDARD_INPUT}
 * @param options `signal` ends the copying; `stdin` replaces standard input, for tests
 * @param work called with the files: the inputs, or their copies
 * @returns the result of `work`
 * @throws CommandError (exit code 2) when more than one input is standard input, or an input cannot be read to its end
 */
export async function withSpooledInputs<Names extends string, T>(
  inputs: Readonly<Record<Names, string>>,
  options: { signal: AbortSignal; stdin?: NodeJS.ReadableStream },
  work: (files: Record<Names, string>) => Promise<T>,
): Promise<T> {
  const names = Object.keys(inputs) as Names[];
  if (names.filter((name) => inputs[name] === STANDARD_INPUT).length > 1)
    throw new CommandError('Only one input can be - (standard input); name a file or a pipe for the other.', 2);
  const streams = names.filter((name) => isStream(inputs[name]));
  if (streams.length === 0) return work({ ...inputs });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ad-analytics-input-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // A second Ctrl-C can end the process during the work.
  process.once('exit', remove);
  try {
    const files: Record<Names, string> = { ...inputs };
    // Concurrently: one program may write both pipes, and it blocks while one of them is not read.
    await Promise.all(
      streams.map(async (name) => {
        const input = inputs[name];
        files[name] = path.join(folder, name);
        const source = input === STANDARD_INPUT ? (options.stdin ?? process.stdin) : createReadStream(input);
        try {
          await pipeline(source, createWriteStream(files[name]), { signal: options.signal });
        } catch (error) {
          options.signal.throwIfAborted();
          throw new CommandError(`${input} cannot be read to its end: ${(error as Error).message}`, 2);
        }
      }),
    );
    return await work(files);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

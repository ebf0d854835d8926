import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CommandError } from '@ad-analytics/command-line/errors';

/** What a user names to read from standard input. */
export const STANDARD_INPUT = '-';

/** @returns whether it can be read once only: standard input, a pipe, a device */
function isStream(input: string): boolean {
  return input === STANDARD_INPUT || !statSync(input).isFile();
}

/**
 * Copies inputs that can be read once only into files, which are removed after the work: an input is looked at before anything
 * is started, and read again to be sent.
 * @param inputs paths, of which one may be {@link STANDARD_INPUT}
 * @param options `signal` ends the copying; `stdin` in its place, for tests
 * @param work gets files: the inputs, or their copies
 * @returns what the work returns
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
  // A second Ctrl-C ends the process in the middle of the work.
  process.once('exit', remove);
  try {
    const files: Record<Names, string> = { ...inputs };
    // At the same time: one program may write both pipes, and waits while one of them is not read.
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

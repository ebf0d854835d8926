import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import os from 'node:os';

/** How Terraform, or a program that runs it, is run. */
export interface ProgramOptions {
  /** The program. */
  readonly program: string;
  /** Folder that it works in. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes what it says; undefined: the terminal, which may be asked for an approval. */
  readonly logFile: string | undefined;
  /** Asks the program to end in good order, as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

/** How a program ended. */
export interface ProgramRun {
  /** Exit code, 128 and more for a signal. */
  readonly code: number;
  /** The end of what it said, where that was not shown. */
  readonly output: string;
  /** Standard output, where it was asked for. */
  readonly stdout: string;
}

const TAIL_CHARACTERS = 6_000;

/**
 * Runs a program to its end, its output to the terminal or the log.
 * @param args never through a shell
 * @param options see ProgramOptions
 * @param capture whether to keep the standard output
 * @returns how it ended, whatever its exit code; rejects when it cannot be started
 */
export function runProgram(
  args: readonly string[],
  { program, folder, env, logFile, signal }: ProgramOptions,
  capture = false,
): Promise<ProgramRun> {
  const quiet = logFile !== undefined;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      // Neither Terraform nor the cdktf CLI asks its maker for a new version or reports the run.
      env: { ...env, CHECKPOINT_DISABLE: '1' },
      stdio: [quiet ? 'ignore' : 'inherit', quiet || capture ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const log = quiet ? createWriteStream(logFile, { flags: 'a' }) : undefined;
    log?.once('error', reject);
    let output = '';
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (capture) stdout += text;
      else {
        log?.write(text);
        output = (output + text).slice(-TAIL_CHARACTERS);
      }
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log?.write(text);
      output = (output + text).slice(-TAIL_CHARACTERS);
    });
    // Terraform finishes what it is doing and writes its state; a second signal would make it forget.
    const interrupt = () => child.kill('SIGINT');
    if (signal?.aborted === true) interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    // At a terminal Ctrl-C reaches the program by itself; this process waits for it to end.
    const wait = () => {};
    if (!quiet) process.on('SIGINT', wait);
    // The log is whole before the caller reads it.
    const done = (then: () => void) => {
      process.off('SIGINT', wait);
      signal?.removeEventListener('abort', interrupt);
      if (log === undefined) then();
      else log.end(then);
    };
    child.once('error', (error) => done(() => reject(error)));
    child.once('close', (code, ended) =>
      done(() => resolve({ code: ended === null ? (code ?? 1) : 128 + os.constants.signals[ended], output, stdout })),
    );
  });
}

import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import os from 'node:os';

/** Options for running Terraform, or a program that runs it. */
export interface ProgramOptions {
  /** The program. */
  readonly program: string;
  /** Its working folder. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** File for its output; undefined: the terminal, so that it can ask for approval. */
  readonly logFile: string | undefined;
  /** Interrupts the program, like Ctrl-C. */
  readonly signal?: AbortSignal;
}

/** How a program ended. */
export interface ProgramRun {
  /** Exit code; 128 or more for a signal. */
  readonly code: number;
  /** The end of its output, if it was not shown. */
  readonly output: string;
  /** Standard output, on request. */
  readonly stdout: string;
}

const TAIL_CHARACTERS = 6_000;

/**
 * Runs a program to its end, with its output on the terminal or in the log.
 * @param args passed without a shell
 * @param options see ProgramOptions
 * @param capture whether to keep the standard output
 * @returns how it ended, whatever its exit code; rejects when it cannot be started
 */
export function runProgram(
  args: readonly string[],
  { program, folder, env, logFile, signal }: ProgramOptions,
  capture = false,
): Promise<ProgramRun> {
  const toLog = logFile !== undefined;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      // Disables the version checks and usage reports of Terraform and the cdktf CLI.
      env: { ...env, CHECKPOINT_DISABLE: '1' },
      stdio: [toLog ? 'ignore' : 'inherit', toLog || capture ? 'pipe' : 'inherit', toLog ? 'pipe' : 'inherit'],
    });
    const log = toLog ? createWriteStream(logFile, { flags: 'a' }) : undefined;
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
    // After one signal, Terraform finishes its current work and writes its state; after a second one, it would end immediately.
    const interrupt = () => child.kill('SIGINT');
    if (signal?.aborted === true) interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    // At a terminal, the program receives Ctrl-C directly; this process waits for its end.
    const wait = () => {};
    if (!toLog) process.on('SIGINT', wait);
    // The log is complete before the caller reads it.
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

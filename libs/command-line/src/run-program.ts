import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CommandError } from './errors';

const GRACE_MS = 5_000;

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null;
  /** Its standard output, if it was captured. */
  readonly output: string;
}

/**
 * Runs a program to its end, with its output on the terminal. It leads a separate process group, so that an interruption reaches all its
 * children.
 * @param command program
 * @param args never through a shell
 * @param options `capture`: keep the standard output instead of showing it; `onLine`: takes each line of both outputs, which are not shown
 *   then; `interrupted` ends it, by force after `graceMs` milliseconds
 * @returns its end, whatever its exit code
 * @throws CommandError when it cannot be started; the signal's reason
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: {
    cwd: string;
    env: NodeJS.ProcessEnv;
    interrupted: AbortSignal;
    capture?: boolean;
    onLine?: (line: string) => void;
    graceMs?: number;
  },
): Promise<ProgramEnd> {
  const { cwd, env, interrupted, capture, onLine, graceMs = GRACE_MS } = options;
  interrupted.throwIfAborted();
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', capture || onLine ? 'pipe' : 'inherit', onLine ? 'pipe' : 'inherit'],
  });
  let output = '';
  if (capture) child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  if (onLine) {
    for (const input of [child.stdout, child.stderr]) {
      if (input) createInterface({ input, crlfDelay: Infinity }).on('line', onLine);
    }
  }
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group has already ended.
    }
  };
  let force: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup('SIGTERM');
    force = setTimeout(() => signalGroup('SIGKILL'), graceMs);
  };
  interrupted.addEventListener('abort', stop);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', (error) => reject(new CommandError(`${command} cannot be started: ${error.message}`)));
      child.once('close', (exitCode) => resolve(exitCode));
    });
    interrupted.throwIfAborted();
    return { code, output };
  } finally {
    interrupted.removeEventListener('abort', stop);
    clearTimeout(force);
    if (interrupted.aborted) signalGroup('SIGKILL');
  }
}

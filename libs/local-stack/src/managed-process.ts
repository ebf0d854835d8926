import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { PartFailedError } from '@ad-analytics/command-line/errors';
import type { Watchdog } from './watchdog';

/** How to start one part of the stack. */
export interface ProcessSpec {
  /** Name for messages, for example "Flink JobManager". */
  readonly name: string;
  readonly command: string;
  /** Passed unchanged, without a shell: paths may contain spaces. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** File for standard output and error. */
  readonly logFile: string;
  /** Log file of the program itself, if it has one; also shown when it fails. */
  readonly ownLogFile?: string;
}

/** How a process ended; one of the two is null. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A part of the stack that runs as a separate process group and is stopped as a whole. */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  /** Its logs, for messages. */
  readonly logFiles: readonly string[];
  /** Resolves when it has ended, for any reason; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Rejects with a PartFailedError when it ends unexpectedly; otherwise stays pending. */
  readonly failed: Promise<never>;
  /** The same for a process that is expected to end: resolves for exit code 0, otherwise rejects with a PartFailedError. */
  readonly succeeded: Promise<void>;
  /**
   * Ends the whole group with SIGTERM; after the grace time, kills the remaining processes with SIGKILL.
   * @param graceMs milliseconds
   */
  stop(graceMs?: number): Promise<void>;
  /** Kills the whole group immediately, like a crash; it does not count as a failure. */
  kill(): Promise<void>;
}

/** @returns a text, for example "was ended by SIGKILL" */
export function describeEnd(end: ProcessEnd): string {
  return end.signal === null ? `ended with exit code ${end.code}` : `was ended by ${end.signal}`;
}

/** @returns whether there was such a group */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
}

/**
 * Starts a part of the stack.
 * @param spec what to start
 * @param watchdog kills the group if this process dies
 * @returns the running process
 * @throws PartFailedError when the program cannot be started at all
 */
export function startProcess(spec: ProcessSpec, watchdog: Watchdog): ManagedProcess {
  const logFiles = spec.ownLogFile === undefined ? [spec.logFile] : [spec.ownLogFile, spec.logFile];
  mkdirSync(path.dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a');
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const pid = child.pid;
  if (pid === undefined) {
    child.once('error', () => {});
    throw new PartFailedError(
      spec.name,
      `could not be started: ${spec.command} does not exist or is not executable`,
      logFiles,
    );
  }
  watchdog.guard(pid);
  let stopping = false;
  const ended = endOf(child).then((end) => {
    // The remaining processes of the group.
    signalGroup(pid, 'SIGKILL');
    watchdog.release(pid);
    return end;
  });
  const failure = (end: ProcessEnd) => new PartFailedError(spec.name, describeEnd(end), logFiles);
  const failed = ended.then((end) => (stopping ? new Promise<never>(() => {}) : Promise.reject(failure(end))));
  const succeeded = ended.then((end) => {
    if (end.code !== 0) throw failure(end);
  });
  // Callers may wait for these promises, but need not; so a rejection must not be unhandled.
  failed.catch(() => {});
  succeeded.catch(() => {});
  return {
    name: spec.name,
    pid,
    logFiles,
    ended,
    failed,
    succeeded,
    async stop(graceMs = 5_000) {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      signalGroup(pid, 'SIGTERM');
      const force = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
      await ended;
      clearTimeout(force);
    },
    async kill() {
      stopping = true;
      signalGroup(pid, 'SIGKILL');
      await ended;
    },
  };
}

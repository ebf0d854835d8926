import { fork } from 'node:child_process';
import path from 'node:path';

const LOOP = path.join(__dirname, 'handler-loop.mjs');

/** What handler-loop.mjs tells of a batch. */
export interface Batch {
  readonly records: number;
  /** Records that have to come again. */
  readonly failed: number;
  readonly ms: number;
  readonly cpuMs: number;
}

/** One fresh process of the function, from its start to its last batch. */
export interface HandlerRun {
  /** From the start of the process until the bundle is loaded, milliseconds. */
  readonly loadMs: number;
  /** From the start of the process until the first batch is answered, milliseconds. */
  readonly firstAnswerMs: number;
  readonly batches: readonly Batch[];
}

/**
 * Starts the function in a fresh process and gives it all batches, one after the other.
 * @param spec `bundle` with the handler; `events`: file with an event on each line; `env`: all of its environment; `log`: file descriptor
 *   for what it prints; `signal` ends it
 * @throws Error if it fails, or if it reports a record as failed
 */
export function runHandler(spec: {
  bundle: string;
  events: string;
  env: NodeJS.ProcessEnv;
  log: number;
  signal: AbortSignal;
}): Promise<HandlerRun> {
  const { bundle, events, env, log, signal } = spec;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const since = () => performance.now() - start;
    // No loader or debugger of this process for that one.
    const child = fork(LOOP, [bundle, events], { env, execArgv: [], stdio: ['ignore', log, log, 'ipc'], signal });
    let loadMs = NaN;
    let firstAnswerMs = NaN;
    const batches: Batch[] = [];
    child.on('message', (message: { loaded: true } | Batch) => {
      if ('loaded' in message) {
        loadMs = since();
        return;
      }
      if (batches.length === 0) firstAnswerMs = since();
      batches.push(message);
    });
    child.on('error', reject);
    child.on('exit', (code, killed) => {
      const failed = batches.reduce((sum, batch) => sum + batch.failed, 0);
      if (code !== 0) reject(new Error(`The function ended with ${killed ?? `exit code ${code}`}; see its log.`));
      else if (failed > 0) reject(new Error(`The function reported ${failed} records as failed; see its log.`));
      else if (batches.length === 0) reject(new Error('The function got no batch.'));
      else resolve({ loadMs, firstAnswerMs, batches });
    });
  });
}

import { CommandError } from './errors';

/** A second Ctrl-C within this time counts as the same one, because the terminal, npm and the set-up each forward it. */
const SAME_INTERRUPT_MS = 1_500;

/** The user, or the program that started the tool, wants it to end. */
export class InterruptedError extends CommandError {
  /** @param signal name, for the message @param exitCode 128 + number of the signal */
  constructor(signal: string, exitCode: number) {
    super(`Interrupted (${signal}).`, exitCode);
  }
}

/** The listener that receives the next interrupt exclusively. */
const waiting: (() => void)[] = [];

/**
 * For work that continues after an interrupt until the next one, which then ends only this wait, not the process.
 * @param interrupted signal of {@link listenForInterrupts}
 * @returns resolves at the first interrupt, or at the next one if there was one already
 */
export function nextInterrupt(interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (interrupted.aborted) waiting.push(resolve);
    else interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Combines all requests to end a run in one abort signal: Ctrl-C, SIGTERM, a closed terminal, a closed pipe on standard output, and the end
 * of the parent process (its IPC channel closes). A second Ctrl-C ends the process immediately; the watchdog then kills the parts.
 * @returns a signal whose reason is an InterruptedError
 */
export function listenForInterrupts(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const interrupt = (name: string, exitCode: number) => {
    if (!controller.signal.aborted) {
      first = Date.now();
      controller.abort(new InterruptedError(name, exitCode));
    } else if (Date.now() - first > SAME_INTERRUPT_MS) {
      const next = waiting.splice(0);
      if (next.length === 0) process.exit(exitCode);
      first = Date.now();
      for (const resolve of next) resolve();
    }
  };
  process.on('SIGINT', () => interrupt('Ctrl-C', 130));
  process.on('SIGTERM', () => interrupt('SIGTERM', 143));
  process.on('SIGHUP', () => interrupt('SIGHUP', 129));
  process.on('disconnect', () => interrupt('the parent process has ended', 143));
  // The listener must not keep the process alive.
  process.channel?.unref();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interrupt('output closed', 141);
    else throw error;
  });
  return controller.signal;
}

import { CommandError } from './errors';

/** A second Ctrl-C sooner than this is the same one: the terminal, npm and the set-up each pass it on. */
const SAME_INTERRUPT_MS = 1_500;

/** The user, or what started the tool, wants it to end. */
export class InterruptedError extends CommandError {
  /** @param signal name, for the message @param exitCode 128 + number of the signal */
  constructor(signal: string, exitCode: number) {
    super(`Interrupted (${signal}).`, exitCode);
  }
}

/** The listener that gets the next interrupt exclusively. */
const waiting: (() => void)[] = [];

/**
 * For work that goes on after an interrupt until there is another: that one then only ends this wait, not the process.
 * @param interrupted as {@link listenForInterrupts} gives it
 * @returns resolves at the first interrupt, or at the next one when there was one already
 */
export function nextInterrupt(interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (interrupted.aborted) waiting.push(resolve);
    else interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Turns the ways in which a run is asked to end into one abort signal: Ctrl-C, SIGTERM, a closed terminal, a closed pipe on
 * standard output, and the death of the process that started this one (its IPC channel closes). A second Ctrl-C ends the
 * process at once; the watchdog then kills the parts.
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
  // The listener alone must not keep the process alive.
  process.channel?.unref();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interrupt('output closed', 141);
    else throw error;
  });
  return controller.signal;
}

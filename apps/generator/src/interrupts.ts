/** A second Ctrl-C within this time is the same one, because the terminal and Nx both pass it on. */
const SAME_INTERRUPT_MS = 1_500;

/** How a user ends a run. */
export interface Interrupts {
  /** Stop creating records, deliver the pending ones. */
  readonly stop: AbortSignal;
  /** Also stop waiting for the delivery. */
  readonly giveUp: AbortSignal;
  /** 128 + number of the signal, as in shells; undefined if none exists. */
  exitCode(): number | undefined;
}

/**
 * Listens for Ctrl-C, SIGTERM, SIGHUP and a closed output. The first requests a clean stop, a later one cancels the
 * delivery.
 * @param onFirst called with the signal's name at the first
 */
export function listenForInterrupts(onFirst: (name: string) => void): Interrupts {
  const stop = new AbortController();
  const giveUp = new AbortController();
  let exitCode: number | undefined;
  let first = 0;
  const interrupt = (name: string, code: number) => {
    if (!stop.signal.aborted) {
      first = performance.now();
      exitCode = code;
      onFirst(name);
      stop.abort();
    } else if (performance.now() - first > SAME_INTERRUPT_MS) giveUp.abort();
  };
  process.on('SIGINT', () => interrupt('Ctrl-C', 130));
  process.on('SIGTERM', () => interrupt('SIGTERM', 143));
  process.on('SIGHUP', () => interrupt('SIGHUP', 129));
  for (const output of [process.stdout, process.stderr])
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      interrupt('closed output', 141);
    });
  return { stop: stop.signal, giveUp: giveUp.signal, exitCode: () => exitCode };
}

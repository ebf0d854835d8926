/** How the process that started the server asks it to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * @returns a signal that is aborted at Ctrl-C, SIGTERM, SIGHUP, a closed standard output, or the end of the process that
 *   started this one with an IPC channel. Repeats of it are ignored: the terminal and Nx each pass on the same Ctrl-C, and
 *   closing takes a moment only
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of SIGNALS) process.on(signal, stop);
  process.on('disconnect', stop);
  // The listener alone must not keep the process alive.
  process.channel?.unref();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stop();
  });
  return controller.signal;
}

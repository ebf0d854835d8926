/** The IPC message by which the parent process ends the server. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * @returns a signal that is aborted at Ctrl-C, SIGTERM, SIGHUP, a closed standard output, or the end of the parent
 *   process, if it uses an IPC channel. Repeated signals are ignored, because the terminal and Nx both pass on the same
 *   Ctrl-C, and closing takes only a moment
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

/** Stopped by the user, which is the regular end. */
export const EXIT_OK = 0;
/** It could not serve: the port is not available, or a bug. */
export const EXIT_FAILED = 1;
/** Invalid usage, or a requirement is missing. */
export const EXIT_USAGE = 2;

/** An error that the user can fix: shown without a stack trace. */
export class DashboardError extends Error {
  override readonly name = 'DashboardError';

  /** @param message what happened and what to do next @param exitCode of the process */
  constructor(
    message: string,
    readonly exitCode: number = EXIT_FAILED,
  ) {
    super(message);
  }
}

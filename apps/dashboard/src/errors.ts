/** It was stopped, which is how it ends. */
export const EXIT_OK = 0;
/** It could not serve: no such port, a fault of the program. */
export const EXIT_FAILED = 1;
/** Wrong usage, or what is needed is not there. */
export const EXIT_USAGE = 2;

/** A failure that the user can do something about: shown without a stack trace. */
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

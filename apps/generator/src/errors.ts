/** Everything was sent. Also for an endless run that was stopped by Ctrl-C, which is its regular end. */
export const EXIT_OK = 0;
/** Something could not be delivered. */
export const EXIT_FAILED = 1;
/** Invalid usage, or a requirement is missing. */
export const EXIT_USAGE = 2;

/** An error that the user can fix: shown without a stack trace. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';

  /** @param message what happened and what to do next @param exitCode of the process */
  constructor(
    message: string,
    readonly exitCode: number = EXIT_FAILED,
  ) {
    super(message);
  }
}

import { logTail } from './log-tail';

/** An error whose message is printed in full, without a stack trace; the command ends with `exitCode`. */
export class CommandError extends Error {
  /**
   * @param message what went wrong and what to do next
   * @param exitCode of the command; see the README of tools
   */
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** A part of the local stack ended unexpectedly or did not start. Exit code 3. */
export class PartFailedError extends CommandError {
  /**
   * @param part its name, for example "Flink TaskManager"
   * @param what what happened to it, for example "ended with exit code 1"
   * @param logFiles its logs; the message contains the end of each
   */
  constructor(
    readonly part: string,
    what: string,
    readonly logFiles: readonly string[],
  ) {
    const tails = logFiles.map((file) => `--- end of ${file}\n${logTail(file)}`);
    super([`${part} ${what}.`, ...tails].join('\n\n'), 3);
  }
}

/** The Flink job failed, restarted unexpectedly, or could not be submitted. Exit code 4. */
export class JobFailedError extends CommandError {
  /** @param message from Flink, with the root exception */
  constructor(message: string) {
    super(message, 4);
  }
}

import { inspect } from 'node:util';
import { CommandError } from './errors';

/** Prints the failure of a command, and sets the exit code of the process. */
export interface FailureReport {
  readonly text: string;
  readonly exitCode: number;
}

/** @returns the text for an error: the message of an expected error, otherwise also the stack */
const described = (error: unknown) => (error instanceof CommandError ? error.message : inspect(error));

/** @returns whether the failure is only the interruption: its own reason, or Node's abort error */
function isInterruption(failure: unknown, interrupted: AbortSignal): boolean {
  return failure === interrupted.reason || (failure as Partial<Error> | undefined)?.name === 'AbortError';
}

/**
 * Reports why a command failed. A failure after an interruption may be its cause or its consequence, so both are printed.
 * @param failure error of the command
 * @param interrupted signal of listenForInterrupts
 */
export function reportFailure(failure: unknown, interrupted: AbortSignal): FailureReport {
  if (!interrupted.aborted)
    return { text: described(failure), exitCode: failure instanceof CommandError ? failure.exitCode : 1 };
  const reason: unknown = interrupted.reason;
  const text = isInterruption(failure, interrupted)
    ? described(reason)
    : `${described(reason)}\nThis also failed, earlier or during the shutdown: ${described(failure)}`;
  return { text, exitCode: reason instanceof CommandError ? reason.exitCode : 1 };
}

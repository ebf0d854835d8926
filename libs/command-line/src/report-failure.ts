import { inspect } from 'node:util';
import { CommandError } from './errors';

/** What a failed command says, and the exit code of the process. */
export interface FailureReport {
  readonly text: string;
  readonly exitCode: number;
}

/** @returns what is said of an error: of one that is foreseen its message, of another all there is */
const described = (error: unknown) => (error instanceof CommandError ? error.message : inspect(error));

/** @returns whether the failure is nothing but the interruption: its own reason, or what Node makes of it */
function isInterruption(failure: unknown, interrupted: AbortSignal): boolean {
  return failure === interrupted.reason || (failure as Partial<Error> | undefined)?.name === 'AbortError';
}

/**
 * Reports why a command failed. A failure after an interruption may have been the reason for it, or come of the end of the parts: both
 * are said.
 * @param failure what the command was rejected with
 * @param interrupted as listenForInterrupts gives it
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

import { setTimeout as sleep } from 'node:timers/promises';
import { type BackoffOptions, fullJitterDelay } from '@ad-analytics/kinesis-writer';
import type { ErasureReport } from './erasure-report';

/** Maximum number of requests for one response, including the first. */
export const MAX_ATTEMPTS = 6;
const BACKOFF: BackoffOptions = { baseMs: 200, capMs: 10_000 };

/** @returns the error in one line, with its name, because the message may be empty */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? (error.errors as unknown[]).map(describeFailure).join('; ') : '';
  const text = error.message || inner || 'no message';
  return error.name === 'Error' ? text : `${error.name}: ${text}`;
}

/**
 * Retries failures that the SDK does not retry itself: a response body that breaks off, and a conditional write that failed.
 * @param work to do
 * @param mayRepeat whether another attempt can succeed after this error
 * @param report counts the repeats
 * @param backoff bounds of the waits
 * @returns what the work returns
 * @throws the last error, after {@link MAX_ATTEMPTS}
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  mayRepeat: (error: unknown) => boolean,
  report: ErasureReport,
  backoff = BACKOFF,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !mayRepeat(error)) throw error;
      report.retries += 1;
      await sleep(fullJitterDelay(attempt, backoff, Math.random));
    }
  }
}

/** The part of an SDK client that adds middleware. */
interface ClientWithMiddleware {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: never) => Promise<{ output: unknown }>,
      ) => (args: never) => Promise<{ output: unknown }>,
      options: { step: 'initialize'; name: string },
    ): void;
  };
}

/** Counts the requests that the client of the SDK repeats. */
export function countRetries(client: unknown, report: ErasureReport): void {
  (client as ClientWithMiddleware).middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { $metadata } = result.output as { $metadata?: { attempts?: number } };
      report.retries += ($metadata?.attempts ?? 1) - 1;
      return result;
    },
    { step: 'initialize', name: 'countRetries' },
  );
}

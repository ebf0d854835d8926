import type { Logger } from '@aws-lambda-powertools/logger';
import type { BatchReport } from './process-batch';

/** A batch of 10,000 poison records shall not write 10,000 lines; the metrics have the number, the queue has them all. */
const MAX_LINES = 10;

/**
 * Logs what somebody has to look at: where it lies and why, never what is in it.
 * @param logger where to
 * @param report the batch
 * @param sequenceNumbers of the event's records, in order
 */
export function logReport(logger: Logger, report: BatchReport, sequenceNumbers: readonly string[]): void {
  for (const { from, reason } of report.poison.slice(0, MAX_LINES)) {
    logger.warn('A record is not a valid result: it is in the dead-letter queue.', { ...from.position, reason });
  }
  const failures = [...report.failedAt].sort(([one], [other]) => one - other);
  for (const [at, error] of failures.slice(0, MAX_LINES)) {
    const sequenceNumber = sequenceNumbers[at];
    logger.error('A record could not be written to the table: Lambda retries the batch from this record on.', {
      sequenceNumber,
      error,
    });
  }
}

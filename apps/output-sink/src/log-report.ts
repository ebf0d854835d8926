import type { Logger } from '@aws-lambda-powertools/logger';
import type { BatchReport } from './process-batch';

/**
 * A batch of 10,000 invalid records must not write 10,000 lines. The metrics have the number, and the queue has all of
 * them.
 */
const MAX_LINES = 10;

/**
 * Logs records that need attention: position and reason, never the content.
 * @param logger destination
 * @param report of
 * the batch
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

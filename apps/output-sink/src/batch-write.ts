import type { StoredItem, TableWriter } from '@ad-analytics/serving-table';
import { waitBeforeRetry, type Backoff } from './backoff';
import { repeatsOf, requestFailure } from './service-error';

/** Most items of a BatchWriteItem request. Source: Amazon DynamoDB API Reference, BatchWriteItem. */
export const MAX_BATCH_ITEMS = 25;

/** What became of a request's items. */
export interface BatchOutcome {
  readonly written: number;
  /** Items sent again, each time counted: by the SDK after an error, or here because the table took only a part. */
  readonly retried: number;
  /** `record_id`s that are not in the table, each with the reason. */
  readonly failed: ReadonlyMap<string, Error>;
}

const idOf = (item: StoredItem): string => item['record_id']?.S ?? '';

/**
 * Writes items without a condition, and what the table does not take at once again. Errors of the request itself have been
 * retried by the SDK when they come here.
 * @param table where to write
 * @param tableName name of the table
 * @param items 1 to 25 items of different `record_id`
 * @param backoff how often and after what waits unprocessed items are sent again
 * @param signal ends the effort
 * @returns what was written, and what was not and why; it never rejects for an error of the service
 */
export async function batchWrite(
  table: TableWriter,
  tableName: string,
  items: readonly StoredItem[],
  backoff: Backoff,
  signal: AbortSignal,
): Promise<BatchOutcome> {
  let left = items;
  let retried = 0;
  const outcome = (error: Error): BatchOutcome => ({
    written: items.length - left.length,
    retried,
    failed: new Map(left.map((item) => [idOf(item), error])),
  });
  for (let attempt = 1; ; attempt++) {
    const requests = left.map((Item) => ({ PutRequest: { Item } }));
    try {
      const answer = await table.batchWriteItem({ RequestItems: { [tableName]: requests } }, signal);
      retried += left.length * repeatsOf(answer.$metadata);
      // Whatever name the service gives the table here (it has an ARN as well): there is only this one in the request.
      const unprocessed = Object.values(answer.UnprocessedItems ?? {}).flat();
      left = unprocessed.flatMap(({ PutRequest: put }) => (put?.Item ? [put.Item] : []));
    } catch (thrown) {
      const { error, repeats } = requestFailure(thrown, signal);
      retried += left.length * repeats;
      return outcome(error);
    }
    if (left.length === 0) return { written: items.length, retried, failed: new Map() };
    if (attempt >= backoff.maxAttempts) return outcome(new Error(`The table did not process it in ${attempt} times.`));
    if (!(await waitBeforeRetry(attempt, backoff, signal)))
      return outcome(new Error('The function has no time left to write it.'));
    retried += left.length;
  }
}

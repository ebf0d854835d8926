import type { StoredItem, TableWriter } from '@ad-analytics/serving-table';
import { waitBeforeRetry, type Backoff } from './backoff';
import { refusesContent, repeatsOf, requestFailure } from './service-error';

/** Maximum number of items in a BatchWriteItem request. Source: Amazon DynamoDB API Reference, BatchWriteItem. */
export const MAX_BATCH_ITEMS = 25;

/** The outcome of a request's items. */
export interface BatchOutcome {
  readonly written: number;
  /**
   * Number of repeated items, counted each time: by the SDK after an error, or here because the table accepted only
   * some of them, or refused the request.
   */
  readonly retried: number;
  /** The `record_id`s of items that are not in the table, each with the reason. A retry may write them. */
  readonly failed: ReadonlyMap<string, Error>;
  /** The `record_id`s of items that the table refuses as invalid, each with the reason. A retry would also fail. */
  readonly refused: ReadonlyMap<string, Error>;
}

const idOf = (item: StoredItem): string => item['record_id']?.S ?? '';

/**
 * Writes items without a condition, and retries items that the table did not accept. The SDK has already retried errors
 * of the request itself.
 *
 * The table refuses a whole request because of one invalid item. Then the items are halved until that item is alone: 25 items take at most
 * 49 requests, besides retries.
 * @param table where to write
 * @param tableName name of the table
 * @param items 1 to 25 items of different `record_id`
 * @param backoff retries of unprocessed items
 * @param signal cancels the write
 * @returns the written items, and the
 *   others with the reason; it never rejects for an error of the service
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
    refused: new Map(),
  });
  for (let attempt = 1; ; attempt++) {
    const requests = left.map((Item) => ({ PutRequest: { Item } }));
    try {
      const answer = await table.batchWriteItem({ RequestItems: { [tableName]: requests } }, signal);
      retried += left.length * repeatsOf(answer.$metadata);
      // The service may return a name or an ARN; the request contains only this table.
      const unprocessed = Object.values(answer.UnprocessedItems ?? {}).flat();
      left = unprocessed.flatMap(({ PutRequest: put }) => (put?.Item ? [put.Item] : []));
    } catch (thrown) {
      const { error, repeats } = requestFailure(thrown, signal);
      retried += left.length * repeats;
      if (!refusesContent(error)) return outcome(error);
      const { failed: refused, ...rest } = outcome(error);
      if (left.length === 1) return { ...rest, failed: new Map(), refused };
      const middle = left.length >> 1;
      const first = await batchWrite(table, tableName, left.slice(0, middle), backoff, signal);
      const second = await batchWrite(table, tableName, left.slice(middle), backoff, signal);
      return {
        written: rest.written + first.written + second.written,
        retried: rest.retried + left.length + first.retried + second.retried,
        failed: new Map([...first.failed, ...second.failed]),
        refused: new Map([...first.refused, ...second.refused]),
      };
    }
    if (left.length === 0) return { written: items.length, retried, failed: new Map(), refused: new Map() };
    if (attempt >= backoff.maxAttempts)
      return outcome(new Error(`The table did not process the item in ${attempt} attempts.`));
    if (!(await waitBeforeRetry(attempt, backoff, signal)))
      return outcome(new Error('The function has no time left to write the item.'));
    retried += left.length;
  }
}

import type { ResultRecord } from '@ad-analytics/event-schemas';
import { checkedResult, fromItem, storedRecord, unmarshallItem, type ServingItem, type StoredItem } from '../item';
import type { TableAccess } from '../query-index';
import { isPage, scoresOf } from '../score-page';

/**
 * @param access the table
 * @param recordId id of a result
 * @returns the result, read consistently; undefined if it is missing, and for a score that is in a page
 * @throws {ServingItemError} when the item is not a result
 */
export async function recordById(access: TableAccess, recordId: string): Promise<ResultRecord | undefined> {
  const { Item: item } = await access.reader.getItem({
    TableName: access.tableName,
    Key: { record_id: { S: recordId } },
    ConsistentRead: true,
  });
  return item === undefined ? undefined : fromItem(unmarshallItem(item));
}

async function* allItems({ reader, tableName }: TableAccess): AsyncGenerator<StoredItem> {
  let start: StoredItem | undefined;
  do {
    const answer = await reader.scan({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey: start });
    yield* answer.Items ?? [];
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
}

/**
 * Reads everything, for checks of a whole run; too slow for a page.
 * @param access the table
 * @returns every result of
 * the table, in any order
 * @throws {ServingItemError} when an item is not a result
 */
export async function* allRecords(access: TableAccess): AsyncGenerator<ResultRecord> {
  for await (const record of allStoredRecords(access)) yield checkedResult(record);
}

/**
 * @returns the same as {@link allRecords}, without validation, for checks that report invalid items themselves. Scores
 *   are last, because only all pages together determine which of two scores of one user counts
 */
export async function* allStoredRecords(access: TableAccess): AsyncGenerator<Record<string, unknown>> {
  const pages: ServingItem[] = [];
  for await (const stored of allItems(access)) {
    const item = unmarshallItem(stored);
    if (isPage(item)) pages.push(item);
    else yield storedRecord(item);
  }
  yield* scoresOf(pages);
}

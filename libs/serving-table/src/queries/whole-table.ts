import type { ResultRecord } from '@ad-analytics/event-schemas';
import { fromItem, storedRecord, unmarshallItem, type StoredItem } from '../item';
import type { TableAccess } from '../query-index';

/**
 * @param access the table
 * @param recordId id of a result
 * @returns the result, read consistently; undefined when there is none
 * @throws {ServingItemError} when the item is no result
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
 * Reads everything: for checks of a whole run, not for a page that people look at.
 * @param access the table
 * @returns every result of the table, in no order
 * @throws {ServingItemError} when an item is no result
 */
export async function* allRecords(access: TableAccess): AsyncGenerator<ResultRecord> {
  for await (const item of allItems(access)) yield fromItem(unmarshallItem(item));
}

/** @returns what {@link allRecords} gives, as it lies there: for checks that say themselves what is no result */
export async function* allStoredRecords(access: TableAccess): AsyncGenerator<Record<string, unknown>> {
  for await (const item of allItems(access)) yield storedRecord(unmarshallItem(item));
}

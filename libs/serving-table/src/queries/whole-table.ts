import type { ResultRecord } from '@ad-analytics/event-schemas';
import { fromItem, unmarshallItem } from '../item';
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

/**
 * Reads everything: for checks of a whole run, not for a page that people look at.
 * @param access the table
 * @returns every result of the table, in no order
 * @throws {ServingItemError} when an item is no result
 */
export async function* allRecords(access: TableAccess): AsyncGenerator<ResultRecord> {
  let start: Parameters<TableAccess['reader']['scan']>[0]['ExclusiveStartKey'];
  do {
    const answer = await access.reader.scan({
      TableName: access.tableName,
      ConsistentRead: true,
      ExclusiveStartKey: start,
    });
    for (const item of answer.Items ?? []) yield fromItem(unmarshallItem(item));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
}

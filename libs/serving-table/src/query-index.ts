import type { RecordType, ResultOf } from '@ad-analytics/event-schemas';
import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { TableReader } from './client';
import { fromItem, ServingItemError, unmarshallItem, type StoredItem } from './item';
import type { ServingIndex } from './table-definition';

/** A table, and what reads it. */
export interface TableAccess {
  readonly reader: TableReader;
  readonly tableName: string;
}

/** One partition of an index, or a part of it. */
export interface IndexQuery {
  readonly index: ServingIndex;
  readonly partition: string;
  /** First and last sort key, both inclusive; all of the partition unless given. */
  readonly between?: readonly [string, string];
  /** From the greatest sort key down; from the least up unless given. */
  readonly descending?: boolean;
  /** Most items wanted; all unless given. */
  readonly limit?: number;
}

function queryInput(tableName: string, query: IndexQuery): QueryCommandInput {
  const { index, partition, between, descending = false } = query;
  const sortCondition = between === undefined ? '' : ' AND #sort BETWEEN :from AND :to';
  return {
    TableName: tableName,
    IndexName: index.name,
    KeyConditionExpression: `#partition = :partition${sortCondition}`,
    ExpressionAttributeNames: {
      '#partition': index.partitionKey,
      ...(between === undefined ? {} : { '#sort': index.sortKey }),
    },
    ExpressionAttributeValues: {
      ':partition': { S: partition },
      ...(between === undefined ? {} : { ':from': { S: between[0] }, ':to': { S: between[1] } }),
    },
    ScanIndexForward: !descending,
  };
}

/**
 * @param access the table
 * @param query what to read
 * @returns the items page by page (an answer holds at most 1 MB)
 */
export async function* queryPages(access: TableAccess, query: IndexQuery): AsyncGenerator<StoredItem[]> {
  // DynamoDB refuses a range that ends before it begins; to us it is empty.
  if (query.between !== undefined && query.between[0] > query.between[1]) return;
  const input = queryInput(access.tableName, query);
  let wanted = query.limit ?? Infinity;
  let start: QueryCommandInput['ExclusiveStartKey'];
  while (wanted > 0) {
    const answer = await access.reader.query({
      ...input,
      ExclusiveStartKey: start,
      Limit: wanted === Infinity ? undefined : wanted,
    });
    const items = answer.Items ?? [];
    if (items.length > 0) yield items;
    wanted -= items.length;
    start = answer.LastEvaluatedKey;
    if (start === undefined) return;
  }
}

/**
 * @param type type that is expected
 * @param stored item as the client received it
 * @returns the result it stands for
 * @throws {ServingItemError} when it is not such a result
 */
export function resultOfType<T extends RecordType>(type: T, stored: StoredItem): ResultOf<T> {
  const record = fromItem(unmarshallItem(stored));
  if (record.record_type === type) return record as ResultOf<T>;
  throw new ServingItemError(`Item ${record.record_id} is a ${record.record_type} where a ${type} was expected.`);
}

/**
 * @param access the table
 * @param type type of what lies there
 * @param query what to read
 * @returns the results in the order of the query
 * @throws {ServingItemError} when an item is not such a result
 */
export async function queryRecords<T extends RecordType>(
  access: TableAccess,
  type: T,
  query: IndexQuery,
): Promise<ResultOf<T>[]> {
  const records: ResultOf<T>[] = [];
  for await (const page of queryPages(access, query)) records.push(...page.map((item) => resultOfType(type, item)));
  return records;
}

/** @returns how many items there are; the service counts them, nothing is sent */
export async function countItems(access: TableAccess, query: IndexQuery): Promise<number> {
  const input = queryInput(access.tableName, query);
  let count = 0;
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const answer = await access.reader.query({ ...input, Select: 'COUNT', ExclusiveStartKey: start });
    count += answer.Count ?? 0;
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return count;
}

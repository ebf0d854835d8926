import {
  BatchWriteItemCommand,
  PutItemCommand,
  type BatchWriteItemCommandInput,
  type BatchWriteItemCommandOutput,
  type DynamoDBClient,
  type PutItemCommandInput,
  type PutItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { StoredItem } from './item';

/** What writing needs of DynamoDB. */
export interface TableWriter {
  batchWriteItem(input: BatchWriteItemCommandInput, signal: AbortSignal): Promise<BatchWriteItemCommandOutput>;
  putItem(input: PutItemCommandInput, signal: AbortSignal): Promise<PutItemCommandOutput>;
}

/** @returns what writing needs, from the SDK's client */
export function tableWriter(client: DynamoDBClient): TableWriter {
  return {
    batchWriteItem: (input, abortSignal) => client.send(new BatchWriteItemCommand(input), { abortSignal }),
    putItem: (input, abortSignal) => client.send(new PutItemCommand(input), { abortSignal }),
  };
}

/**
 * @param tableName name of the table
 * @param item result to write
 * @returns a write that DynamoDB refuses (`ConditionalCheckFailedException`) when the table holds the result in a newer
 *   version of the schema, and that says what was there before
 */
export function putUnlessNewer(tableName: string, item: StoredItem): PutItemCommandInput {
  return {
    TableName: tableName,
    Item: item,
    ConditionExpression: 'attribute_not_exists(record_id) OR schema_version <= :version',
    ExpressionAttributeValues: { ':version': item['schema_version']! },
    ReturnValues: 'ALL_OLD',
  };
}

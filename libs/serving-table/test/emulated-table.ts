import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { createServingClient } from '../src/client';
import { createServingTable } from '../src/create-table';
import type { StoredItem } from '../src/item';

/** URL of a running local AWS to test against as well; `npm run stack` prints one. */
export const EMULATOR = process.env['TEST_AWS_ENDPOINT'];

const BATCH = 25;
let shared: DynamoDBClient | undefined;
afterAll(() => shared?.destroy());

/**
 * @param items what to write, in order
 * @returns a new table of the local AWS that holds them, and a client for it
 */
export async function emulatedTable(
  items: readonly StoredItem[],
): Promise<{ client: DynamoDBClient; tableName: string }> {
  shared ??= createServingClient({ region: 'us-east-1', ...(EMULATOR === undefined ? {} : { endpoint: EMULATOR }) });
  const tableName = `serving-table-test-${randomUUID()}`;
  await createServingTable(shared, tableName);
  // One request must not name a key twice.
  const newest = [...new Map(items.map((item) => [item['record_id']?.S, item])).values()];
  for (let at = 0; at < newest.length; at += BATCH) {
    const requests = newest.slice(at, at + BATCH).map((Item) => ({ PutRequest: { Item } }));
    const answer = await shared.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }));
    expect(answer.UnprocessedItems ?? {}).toEqual({});
  }
  return { client: shared, tableName };
}

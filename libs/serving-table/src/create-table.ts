import {
  CreateTableCommand,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { tableDefinition, timeToLive } from './table-definition';

const MAX_WAIT_SECONDS = 60;

/**
 * Creates the table in a local AWS. Elsewhere the infrastructure does it, from the same definition.
 * @param client client of the local AWS
 * @param tableName name of the table
 * @returns false if a table with this name already exists, which is not changed
 * @throws {Error} from the SDK, if the
 *   table is not ready within a minute
 */
export async function createServingTable(client: DynamoDBClient, tableName: string): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(tableDefinition(tableName)));
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: MAX_WAIT_SECONDS, minDelay: 1 }, { TableName: tableName });
  await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: timeToLive() }));
  return true;
}

import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  type GetItemCommandInput,
  type GetItemCommandOutput,
  type QueryCommandInput,
  type QueryCommandOutput,
  type ScanCommandInput,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { clientConfig, type ServiceOptions } from './client-config';

/** The part of DynamoDB that the queries use. */
export interface TableReader {
  query(input: QueryCommandInput): Promise<QueryCommandOutput>;
  getItem(input: GetItemCommandInput): Promise<GetItemCommandOutput>;
  scan(input: ScanCommandInput): Promise<ScanCommandOutput>;
}

/**
 * @param options location of the table
 * @returns a client for it; the caller destroys it
 */
export function createServingClient(options: ServiceOptions): DynamoDBClient {
  return new DynamoDBClient(clientConfig(options));
}

/** @returns an adapter of the SDK's client for the queries */
export function tableReader(client: DynamoDBClient): TableReader {
  return {
    query: (input) => client.send(new QueryCommand(input)),
    getItem: (input) => client.send(new GetItemCommand(input)),
    scan: (input) => client.send(new ScanCommand(input)),
  };
}

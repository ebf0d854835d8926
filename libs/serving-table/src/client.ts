import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  type DynamoDBClientConfig,
  type GetItemCommandInput,
  type GetItemCommandOutput,
  type QueryCommandInput,
  type QueryCommandOutput,
  type ScanCommandInput,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Where the table is. */
export interface ServingClientOptions {
  readonly region: string;
  /** URL of a local emulator; undefined: AWS itself, with the default credential chain. */
  readonly endpoint?: string | undefined;
  /** Requests for one call, the first included; 3 unless given. Whoever does the retrying himself takes 1. */
  readonly maxAttempts?: number;
}

/** What the queries need of DynamoDB. */
export interface TableReader {
  query(input: QueryCommandInput): Promise<QueryCommandOutput>;
  getItem(input: GetItemCommandInput): Promise<GetItemCommandOutput>;
  scan(input: ScanCommandInput): Promise<ScanCommandOutput>;
}

/** Real keys must not reach an emulator, and an emulator wants some. */
const EMULATOR_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const CONNECTION_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * @param options where the table is
 * @returns a client for it; the caller destroys it
 */
export function createServingClient(options: ServingClientOptions): DynamoDBClient {
  const config: DynamoDBClientConfig = {
    region: options.region,
    maxAttempts: options.maxAttempts ?? 3,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    }),
  };
  if (options.endpoint !== undefined) {
    config.endpoint = options.endpoint;
    if (new URL(options.endpoint).protocol === 'http:') config.credentials = EMULATOR_CREDENTIALS;
  }
  return new DynamoDBClient(config);
}

/** @returns what the queries need, from the SDK's client */
export function tableReader(client: DynamoDBClient): TableReader {
  return {
    query: (input) => client.send(new QueryCommand(input)),
    getItem: (input) => client.send(new GetItemCommand(input)),
    scan: (input) => client.send(new ScanCommand(input)),
  };
}

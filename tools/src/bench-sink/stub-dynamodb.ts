import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ANSWERS: Readonly<Record<string, string>> = {
  'DynamoDB_20120810.BatchWriteItem': '{"UnprocessedItems":{}}',
  'DynamoDB_20120810.PutItem': '{}',
};

/** A DynamoDB that accepts every write at once and stores nothing. */
export interface StubDynamoDb {
  readonly endpoint: string;
  /** Requests that it does not know; the function then takes another path than the one that is measured. */
  readonly unknown: readonly string[];
  close(): Promise<void>;
}

/** @returns a running stub */
export async function startStub(): Promise<StubDynamoDb> {
  const unknown: string[] = [];
  const server: Server = createServer((request, response) => {
    const target = String(request.headers['x-amz-target']);
    request.resume().on('end', () => {
      const answer = ANSWERS[target];
      if (answer === undefined) unknown.push(target);
      response
        .writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' })
        .end(answer ?? '{"__type":"UnknownOperationException"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    unknown,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

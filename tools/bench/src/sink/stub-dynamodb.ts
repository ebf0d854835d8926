import { type Server, createServer } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '@ad-analytics/local-stack/loopback-server';

const ANSWERS: Readonly<Record<string, string>> = {
  'DynamoDB_20120810.BatchWriteItem': '{"UnprocessedItems":{}}',
  'DynamoDB_20120810.PutItem': '{}',
};

/** A DynamoDB that accepts every write at once and stores nothing. */
export interface StubDynamoDb extends LoopbackServer {
  /** Requests that it does not know; the function then takes another path than the one that is measured. */
  readonly unknown: readonly string[];
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
  return { ...(await listenOnLoopback(server)), unknown };
}

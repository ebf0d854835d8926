import { type IncomingMessage, type Server, createServer, request } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '@ad-analytics/local-stack/loopback-server';

const BATCH_WRITE = 'DynamoDB_20120810.BatchWriteItem';

/** Outcome of one BatchWriteItem. */
export type Fault =
  /** The request is rejected. */
  | 'throttled'
  /** A part is written, and the rest is returned as unprocessed. */
  | 'partly'
  /** The items are written, but the connection breaks before the response. */
  | 'unanswered'
  /** The function is killed before the response; no item is written. */
  | 'crash'
  | 'none';

/** A local AWS whose DynamoDB fails in a controlled way. */
export interface FaultyAws extends LoopbackServer {
  /** Faults that have happened, in order. */
  readonly happened: readonly Fault[];
}

type WriteRequests = Record<string, unknown[]>;

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * A proxy in front of a local AWS. The first batch writes have the given faults; all other requests are forwarded unchanged.
 * @param target URL of the local AWS
 * @param faults outcome of the first batch writes; the others succeed
 * @param onCrash called when the function must be killed
 */
export async function faultyAws(target: string, faults: readonly Fault[], onCrash: () => void): Promise<FaultyAws> {
  const left = [...faults];
  const happened: Fault[] = [];
  const { hostname, port } = new URL(target);
  const forward = (message: IncomingMessage, body: Buffer) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
      const { method, url: path, headers } = message;
      const onward = request({ hostname, port, method, path, headers: { ...headers, 'content-length': body.length } });
      onward.on('error', reject);
      onward.on('response', (answer) => {
        bodyOf(answer).then(
          (answered) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: answered }),
          reject,
        );
      });
      onward.end(body);
    });
  const server: Server = createServer((message, response) => {
    const answer = (status: number, body: Buffer | string, headers: NodeJS.Dict<string | string[]> = {}) => {
      const length = Buffer.byteLength(body);
      const { 'transfer-encoding': _, ...rest } = headers;
      response.writeHead(status, { ...rest, 'content-length': length }).end(body);
    };
    const handle = async () => {
      const body = await bodyOf(message);
      const isWrite = message.headers['x-amz-target'] === BATCH_WRITE;
      const fault = (isWrite ? left.shift() : undefined) ?? 'none';
      if (isWrite) happened.push(fault);
      const json = { 'content-type': 'application/x-amz-json-1.0' };
      switch (fault) {
        case 'throttled':
          answer(400, JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException' }), json);
          return;
        case 'crash':
          onCrash();
          return;
        case 'partly': {
          const { RequestItems: items, ...rest } = JSON.parse(body.toString()) as { RequestItems: WriteRequests };
          const [[table, requests] = ['', []]] = Object.entries(items);
          const half = Math.floor(requests.length / 2);
          const written = { ...rest, RequestItems: { [table]: requests.slice(0, half) } };
          if (half > 0) await forward(message, Buffer.from(JSON.stringify(written)));
          answer(200, JSON.stringify({ UnprocessedItems: { [table]: requests.slice(half) } }), json);
          return;
        }
        case 'unanswered':
          await forward(message, body);
          response.destroy();
          return;
        case 'none': {
          const { status, headers, body: answered } = await forward(message, body);
          answer(status, answered, headers);
        }
      }
    };
    handle().catch(() => response.destroy());
  });
  return { ...(await listenOnLoopback(server)), happened };
}

import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { entry } from '../test/records';
import { createKinesisClient } from './create-client';
import { kinesisApi } from './kinesis-api';
import { sendBatch, type BatchOutcome } from './send-batch';
import type { UserRecord } from './types';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

/** @returns URL of a server that answers every request like that */
async function serve(answer: (response: ServerResponse, headers: IncomingHttpHeaders) => void): Promise<string> {
  const started = createServer((request, response) => {
    request.resume().on('end', () => answer(response, request.headers));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function send(endpoint: string, signal = new AbortController().signal): Promise<BatchOutcome<UserRecord>> {
  const client = createKinesisClient({ region: 'us-east-1', endpoint });
  try {
    return await sendBatch(kinesisApi(client), 'stream', [entry('a')], signal);
  } finally {
    client.destroy();
  }
}

it('makes one request, and shows an emulator no real credentials', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const endpoint = await serve((response, headers) => {
    seen.push(headers);
    response.writeHead(500, { 'content-type': 'application/x-amz-json-1.1' }).end('{"__type":"InternalFailure"}');
  });
  const { refused } = await send(endpoint);
  expect(refused).toMatchObject([{ code: 'InternalFailure', entry: { attempts: 1, maybeDelivered: true } }]);
  expect(seen).toHaveLength(1);
  expect(seen[0]?.authorization).toContain('Credential=test/');
});

it('takes an answer that breaks off for an unknown outcome', async () => {
  const endpoint = await serve((response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{"Records":[{"Sequ');
  });
  expect(await send(endpoint)).toMatchObject({
    delivered: [],
    rejected: [],
    refused: [{ entry: { maybeDelivered: true } }],
  });
});

it('breaks off a request when told to', async () => {
  const controller = new AbortController();
  const endpoint = await serve(() => controller.abort());
  expect((await send(endpoint, controller.signal)).refused).toMatchObject([
    { code: 'AbortError', entry: { maybeDelivered: true } },
  ]);
});

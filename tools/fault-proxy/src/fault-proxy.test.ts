/** The proxy between a client and a small server, over real connections. */
import { type IncomingMessage, Agent, createServer, request } from 'node:http';
import { DynamoDBClient, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { GetRecordsCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type LoopbackServer, listenOnLoopback } from '@ad-analytics/local-stack/loopback-server';
import type { FaultPlan } from './choose-fault';
import type { FaultKind } from './fault-kinds';
import { type FaultProxy, startFaultProxy } from './fault-proxy';

/** Requests that the service got, in their order. */
const got: { target: string; body: string }[] = [];
let service: LoopbackServer;
let proxy: FaultProxy;
let time = 0;

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Answers like the services, as far as these tests need it. */
function answerTo(target: string, body: string): object {
  if (target.endsWith('PutRecords')) {
    const { Records } = JSON.parse(body) as { Records: object[] };
    return { FailedRecordCount: 0, Records: Records.map((_, at) => ({ SequenceNumber: `${at}`, ShardId: 's' })) };
  }
  return target.endsWith('BatchWriteItem') ? { UnprocessedItems: {} } : { MessageId: 'm' };
}

beforeAll(async () => {
  service = await listenOnLoopback(
    createServer(async (incoming, response) => {
      const body = await textOf(incoming);
      const target = String(incoming.headers['x-amz-target'] ?? '');
      got.push({ target, body });
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(answerTo(target, body)));
    }),
  );
});
beforeEach(async () => {
  got.length = 0;
  time = 0;
  proxy = await startFaultProxy(service.endpoint, () => time);
});
afterEach(() => proxy.close());
afterAll(() => service.close());

const always = (kind: FaultKind, more: Partial<FaultPlan> = {}) =>
  proxy.inject({ seed: 1, shares: { [kind]: 1 }, ...more });
const inRegion = () => ({
  endpoint: proxy.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler(),
});
const record = (n: number) => ({ PartitionKey: `${n}`, Data: Buffer.from(`record ${n}`) });
const putRecords = (count: number) =>
  new KinesisClient(inRegion()).send(
    new PutRecordsCommand({ StreamName: 's', Records: Array.from({ length: count }, (_, n) => record(n)) }),
  );
const recordsIn = (body: string) =>
  (JSON.parse(body) as { Records: { Data: string }[] }).Records.map(({ Data }) =>
    Buffer.from(Data, 'base64').toString(),
  );

it('forwards everything before faults are injected and after injection stops', async () => {
  expect(await putRecords(3)).toMatchObject({ FailedRecordCount: 0 });
  always('throttled');
  await expect(putRecords(3)).rejects.toThrow();
  proxy.calm();
  expect(await putRecords(3)).toMatchObject({ FailedRecordCount: 0 });
  expect(proxy.tally.requests).toBe(3);
  expect(proxy.tally.byKindAndOperation()).toEqual({ 'throttled PutRecords': 1 });
  expect(proxy.tally.byOperationAndClient()).toEqual({ 'PutRecords of aws-sdk-js': 1 });
});

it('refuses requests as each service does', async () => {
  always('throttled');
  await expect(putRecords(1)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  const dynamo = new DynamoDBClient(inRegion());
  const names = new Set<string>();
  const write = new BatchWriteItemCommand({ RequestItems: { t: [{ PutRequest: { Item: { k: { S: '1' } } } }] } });
  for (let n = 0; n < 20; n += 1) await dynamo.send(write).catch((error: Error) => names.add(error.name));
  expect([...names].sort()).toEqual(['ProvisionedThroughputExceededException', 'ThrottlingException']);
  const queue = new SQSClient(inRegion());
  const message = new SendMessageCommand({ QueueUrl: `${proxy.endpoint}/0/q`, MessageBody: 'm' });
  await expect(queue.send(message)).rejects.toMatchObject({ name: 'RequestThrottled' });
  expect(got).toEqual([]);
});

it('answers 500 and 503 without doing what was asked', async () => {
  always('serverError');
  const seen = new Set<number>();
  for (let n = 0; n < 20; n += 1)
    await putRecords(1).catch((error: { $metadata: { httpStatusCode: number } }) =>
      seen.add(error.$metadata.httpStatusCode),
    );
  expect([...seen].sort()).toEqual([500, 503]);
  expect(got).toEqual([]);
});

it('expires only iterators', async () => {
  always('expiredIterator');
  const read = new GetRecordsCommand({ ShardIterator: 'i' });
  await expect(new KinesisClient(inRegion()).send(read)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
  expect(await putRecords(1)).toMatchObject({ FailedRecordCount: 0 });
});

it('withholds some records from the stream, and reports which', async () => {
  always('partial');
  const answer = await putRecords(50);
  const refused = (answer.Records ?? []).flatMap(({ ErrorCode }, n) => (ErrorCode === undefined ? [] : [n]));
  expect(answer.FailedRecordCount).toBe(refused.length);
  expect(refused.length).toBeGreaterThan(0);
  const expected = Array.from({ length: 50 }, (_, n) => n).filter((n) => !refused.includes(n));
  expect(recordsIn(got[0]?.body ?? '')).toEqual(expected.map((n) => `record ${n}`));
  expect(proxy.tally.refusedEntries).toBe(refused.length);
});

it('withholds some items from the table, and returns them as unprocessed', async () => {
  always('partial');
  const writes = Array.from({ length: 25 }, (_, n) => ({ PutRequest: { Item: { k: { S: `${n}` } } } }));
  const answer = await new DynamoDBClient(inRegion()).send(new BatchWriteItemCommand({ RequestItems: { t: writes } }));
  const back = answer.UnprocessedItems?.['t'] ?? [];
  const written = (JSON.parse(got[0]?.body ?? '') as { RequestItems: { t: object[] } }).RequestItems.t;
  expect(back.length).toBeGreaterThan(0);
  expect([...written, ...back].map((write) => JSON.stringify(write)).sort()).toEqual(
    writes.map((write) => JSON.stringify(write)).sort(),
  );
});

it('refuses a write of one entry without a request to the service', async () => {
  always('partial');
  expect(await putRecords(1)).toMatchObject({ FailedRecordCount: 1, Records: [{ ErrorCode: expect.any(String) }] });
  expect(got).toEqual([]);
});

it.each([
  ['reset', 0],
  ['unanswered', 1],
  ['truncated', 1],
] as const)('breaks the connection: %s, with %d requests done', async (kind, done) => {
  always(kind);
  await expect(putRecords(2)).rejects.toThrow();
  expect(got).toHaveLength(done);
  expect(proxy.tally.byKind()).toEqual({ [kind]: 1 });
});

it('sends half of an answer that it cuts off', async () => {
  always('truncated');
  const target = 'Kinesis_20131202.ListStreams';
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const full = JSON.stringify(answerTo(target, ''));
  let arrived = '';
  await expect(
    new Promise((resolve, reject) => {
      request(`${proxy.endpoint}/`, { method: 'POST', headers }, (answer) => {
        expect(answer.headers['content-length']).toBe(String(full.length));
        answer.on('data', (chunk: Buffer) => (arrived += chunk.toString()));
        answer.on('error', reject).on('end', resolve);
      }).end('{}');
    }),
  ).rejects.toThrow('aborted');
  expect(arrived).toBe(full.slice(0, full.length / 2));
});

it('answers late, and with the answer of the service', async () => {
  always('slow', { slowMs: 20 });
  expect(await putRecords(2)).toMatchObject({ FailedRecordCount: 0 });
  expect(proxy.tally.byKind()).toEqual({ slow: 1 });
});

it('keeps quiet between bursts', async () => {
  always('throttled', { bursts: { everyMs: 100, lengthMs: 30 } });
  const outcomes: string[] = [];
  for (time = 0; time < 200; time += 10)
    outcomes.push(
      await putRecords(1).then(
        () => '.',
        () => 'x',
      ),
    );
  expect(outcomes.join('')).toBe('.......xxx.......xxx');
});

it('leaves alone what is not a request to a service', async () => {
  always('reset');
  expect((await fetch(`${proxy.endpoint}/_health`)).ok).toBe(true);
});

it('breaks the connection when the local AWS does, and continues to serve', async () => {
  let broken = true;
  const unreliable = await listenOnLoopback(
    createServer((incoming, response) => (broken ? incoming.socket.destroy() : response.end('{}'))),
  );
  const before = await startFaultProxy(unreliable.endpoint);
  await expect(fetch(before.endpoint)).rejects.toThrow();
  broken = false;
  expect((await fetch(before.endpoint)).ok).toBe(true);
  await before.close();
  await unreliable.close();
});

it('drops a request that its client has aborted', async () => {
  let closed!: () => void;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  const silent = await listenOnLoopback(createServer((incoming) => incoming.socket.once('close', closed)));
  const before = await startFaultProxy(silent.endpoint);
  const agent = new Agent();
  const given = request(before.endpoint, { agent }).on('error', () => {});
  given.end();
  setTimeout(() => given.destroy(), 50);
  await gone;
  await before.close();
  await silent.close();
});

/** The proxy between a client and a small server, over real connections. */
import { Agent, createServer, request } from 'node:http';
import { DynamoDBClient, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { listenOnLoopback } from '@ad-analytics/local-stack/loopback-server';
import { type AwsForTests, STREAMS, startAwsForTests } from './aws-for-tests';
import type { FaultPlan } from './choose-fault';
import type { FaultKind } from './fault-kinds';
import { type FaultProxy, startFaultProxy } from './fault-proxy';

let aws: AwsForTests;
let proxy: FaultProxy;
let time = 0;

beforeAll(async () => void (aws = await startAwsForTests()));
beforeEach(async () => {
  aws.received.length = 0;
  time = 0;
  proxy = await startFaultProxy(aws.endpoint, () => time);
});
afterEach(() => proxy.close());
afterAll(() => aws.close());

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

it('withholds some records from the stream, and reports which', async () => {
  always('partial');
  const answer = await putRecords(50);
  const refused = (answer.Records ?? []).flatMap(({ ErrorCode }, n) => (ErrorCode === undefined ? [] : [n]));
  expect(answer.FailedRecordCount).toBe(refused.length);
  expect(refused.length).toBeGreaterThan(0);
  const expected = Array.from({ length: 50 }, (_, n) => n).filter((n) => !refused.includes(n));
  expect(recordsIn(aws.received[0]?.body ?? '')).toEqual(expected.map((n) => `record ${n}`));
  expect(proxy.tally.refusedEntries).toBe(refused.length);
});

it('withholds some items from the table, and returns them as unprocessed', async () => {
  always('partial');
  const writes = Array.from({ length: 25 }, (_, n) => ({ PutRequest: { Item: { k: { S: `${n}` } } } }));
  const answer = await new DynamoDBClient(inRegion()).send(new BatchWriteItemCommand({ RequestItems: { t: writes } }));
  const back = answer.UnprocessedItems?.['t'] ?? [];
  const written = (JSON.parse(aws.received[0]?.body ?? '') as { RequestItems: { t: object[] } }).RequestItems.t;
  expect(back.length).toBeGreaterThan(0);
  expect([...written, ...back].map((write) => JSON.stringify(write)).sort()).toEqual(
    writes.map((write) => JSON.stringify(write)).sort(),
  );
});

it('refuses a write of one entry without a request to the service', async () => {
  always('partial');
  expect(await putRecords(1)).toMatchObject({ FailedRecordCount: 1, Records: [{ ErrorCode: expect.any(String) }] });
  expect(aws.received).toEqual([]);
});

it('sends half of an answer that it cuts off', async () => {
  always('truncated');
  const target = 'Kinesis_20131202.ListStreams';
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const full = JSON.stringify(STREAMS);
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
  expect(arrived).toBe(full.slice(0, Math.floor(full.length / 2)));
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
  let arrived!: () => void;
  const forwarded = new Promise<void>((resolve) => (arrived = resolve));
  const silent = await listenOnLoopback(
    createServer((incoming) => {
      incoming.socket.once('close', closed);
      arrived();
    }),
  );
  const before = await startFaultProxy(silent.endpoint);
  const agent = new Agent();
  const given = request(before.endpoint, { agent }).on('error', () => {});
  given.end();
  await forwarded;
  given.destroy();
  await gone;
  await before.close();
  await silent.close();
});

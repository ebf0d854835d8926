/** The contract of the mapping while Kinesis and SQS fail: the requests go through the fault proxy to a local AWS. */
import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clientConfig } from '@ad-analytics/serving-table';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type FaultProxy, startFaultProxy } from './fault-proxy';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import { createStreams } from '@ad-analytics/local-stack/streams';
import { ensureQueue } from '@ad-analytics/sink/sink-resources';
import { SETTINGS } from '@ad-analytics/event-source-mapping/fake-function';
import type { MappingSettings } from '@ad-analytics/event-source-mapping/mapping-settings';
import { MappingTally } from '@ad-analytics/event-source-mapping/mapping-tally';
import type { ShardEvent } from '@ad-analytics/event-source-mapping/process-batch';
import { runMapping } from '@ad-analytics/event-source-mapping/run-mapping';

const AWS = process.env['TEST_AWS_ENDPOINT'];
if (AWS === undefined)
  console.warn('SKIPPED: the mapping is not tried with faults; the local AWS is missing: run npm run setup.');
const withAws = AWS === undefined ? describe.skip : describe;
jest.setTimeout(120_000);

const REGION = 'us-east-1';
/** Half of all requests to Kinesis and SQS fail. */
const SHARES = {
  throttled: 0.1,
  expiredIterator: 0.1,
  serverError: 0.1,
  reset: 0.08,
  unanswered: 0.08,
  truncated: 0.08,
};
/** The shards are polled for this long after they are read to their end: enough requests for every fault. */
const POLLED_MS = 3_000;
/** The mapping ends when the queue does not take a message. */
const ATTEMPTS_OF_THE_QUEUE = 20;
/** Throws at "poison", and with "flaky" in its batch reports that record once; writes what it has taken to a file. */
const BUNDLE = `
import { appendFileSync, existsSync } from 'node:fs';
export const handler = async (event) => {
  for (const { kinesis } of event.Records) {
    const text = Buffer.from(kinesis.data, 'base64').toString();
    if (text.startsWith('poison')) throw new Error('poison');
    if (text.startsWith('flaky') && !existsSync(process.env.FLAKY + text)) {
      appendFileSync(process.env.FLAKY + text, '');
      return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
    }
    appendFileSync(process.env.WRITTEN, text + '\\n');
  }
  return { batchItemFailures: [] };
};`;

interface Discarded {
  readonly requestContext: { readonly condition: string; readonly approximateInvokeCount: number };
  readonly KinesisBatchInfo: { readonly batchSize: number; readonly startSequenceNumber: string };
}

withAws('the mapping, while requests fail', () => {
  const endpoint = AWS ?? 'http://127.0.0.1:9';
  const kinesis = localKinesisClient(endpoint, REGION);
  const queues = new SQSClient(clientConfig({ region: REGION, endpoint }));
  const folder = mkdtempSync(path.join(tmpdir(), 'mapping with faults '));
  const bundle = path.join(folder, 'index.mjs');
  const log = openSync(path.join(folder, 'log'), 'a');
  let proxy: FaultProxy;
  beforeAll(async () => {
    writeFileSync(bundle, BUNDLE);
    proxy = await startFaultProxy(endpoint);
  });
  afterAll(async () => {
    await proxy.close();
    [kinesis, queues].forEach((client) => client.destroy());
    closeSync(log);
    rmSync(folder, { recursive: true });
  });

  /** @returns sequence numbers by text */
  async function put(streamName: string, texts: readonly string[]): Promise<Map<string, string>> {
    await createStreams(kinesis, [streamName], 2);
    const { Records: records = [] } = await kinesis.send(
      new PutRecordsCommand({
        StreamName: streamName,
        Records: texts.map((text, n) => ({ PartitionKey: `key ${n % 5}`, Data: Buffer.from(text) })),
      }),
    );
    return new Map(texts.map((text, at) => [text, records[at]?.SequenceNumber ?? '']));
  }

  async function discardedIn(QueueUrl: string): Promise<Discarded[]> {
    const found = new Map<string, Discarded>();
    for (;;) {
      const { Messages: messages = [] } = await queues.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
      );
      if (messages.length === 0) return [...found.values()];
      for (const { Body: body = '' } of messages) {
        const message = JSON.parse(body) as Discarded;
        // If the response of the queue was lost, the queue contains the message twice.
        found.set(message.KinesisBatchInfo.startSequenceNumber, message);
      }
    }
  }

  /** Runs the mapping on these records until all are processed or sent to the queue. */
  async function run(texts: readonly string[], settings: Partial<MappingSettings>, seed: number) {
    const name = `faults-${randomUUID()}`;
    const sequenceNumbers = await put(name, texts);
    const onFailureQueueUrl = await ensureQueue(queues, name);
    const written = path.join(folder, name);
    const tally = new MappingTally();
    const ended: Record<string, string[]> = {};
    const faulty = {
      kinesis: localKinesisClient(proxy.endpoint, REGION),
      queues: new SQSClient(
        clientConfig({ region: REGION, endpoint: proxy.endpoint, maxAttempts: ATTEMPTS_OF_THE_QUEUE }),
      ),
    };
    proxy.inject({ seed, shares: SHARES, services: ['kinesis', 'sqs'] });
    try {
      await runMapping(
        {
          ...faulty,
          ...{ streamName: name, streamArn: 'arn:stream', region: REGION, roleArn: 'arn:role', onFailureQueueUrl },
          handler: {
            ...{ bundle, functionName: 'f', functionArn: 'arn:f', timeoutMs: 60_000, log },
            env: { PATH: process.env['PATH'], WRITTEN: written, FLAKY: `${written}-` },
          },
          settings: { ...SETTINGS, ...settings },
          observe: (event: ShardEvent, shard) => {
            tally.add(event);
            if (event.type === 'processed' || event.type === 'discarded')
              (ended[shard] ??= []).push(...event.records.map(({ sequenceNumber }) => sequenceNumber));
          },
        },
        { stop: new AbortController().signal, drain: AbortSignal.timeout(POLLED_MS) },
      );
    } finally {
      proxy.calm();
      faulty.kinesis.destroy();
      faulty.queues.destroy();
    }
    return { sequenceNumbers, tally, ended, written, discarded: await discardedIn(onFailureQueueUrl) };
  }

  const texts = Array.from({ length: 200 }, (_, n) => {
    const kind = n % 67 === 20 ? 'poison' : n % 41 === 7 ? 'flaky' : 'record';
    return `${kind} ${n}`;
  });
  const poison = texts.filter((text) => text.startsWith('poison'));

  /** Each record was finished (processed or sent to the queue) exactly once, in the order of its shard. */
  function expectAllOnceInOrder(ended: Record<string, string[]>, sequenceNumbers: ReadonlyMap<string, string>) {
    expect(Object.values(ended).flat().sort()).toEqual([...sequenceNumbers.values()].sort());
    for (const ofShard of Object.values(ended)) expect(ofShard).toEqual([...ofShard].sort());
  }

  it.each([1, 2, 3])(
    'bisects down to the bad records, retries them as often as configured, and discards only them, seed %i',
    async (seed) => {
      const { sequenceNumbers, tally, ended, written, discarded } = await run(
        texts,
        { batchSize: 40, bisectBatchOnFunctionError: true, maximumRetryAttempts: 2 },
        seed,
      );
      expectAllOnceInOrder(ended, sequenceNumbers);
      expect(tally).toMatchObject({ processed: texts.length - poison.length, discarded: poison.length });
      expect(tally.failures).toBeGreaterThan(poison.length);
      const taken = new Set(readFileSync(written, 'utf8').trimEnd().split('\n'));
      expect([...taken].sort()).toEqual(texts.filter((text) => !poison.includes(text)).sort());
      expect(discarded.map((message) => message.KinesisBatchInfo.startSequenceNumber).sort()).toEqual(
        poison.map((text) => sequenceNumbers.get(text)).sort(),
      );
      for (const { requestContext, KinesisBatchInfo } of discarded) {
        expect(requestContext.condition).toBe('RetryAttemptsExhausted');
        // Those of the batches that it was in before it stood alone come on top of the first attempt and the two retries.
        expect(requestContext.approximateInvokeCount).toBeGreaterThanOrEqual(3);
        expect(KinesisBatchInfo.batchSize).toBe(1);
      }
    },
  );

  it('discards all records that are too old, and no others', async () => {
    const old = Array.from({ length: 30 }, (_, n) => `poison ${n}`);
    const { sequenceNumbers, tally, ended, discarded } = await run(
      old,
      // Below the minimum of CreateEventSourceMapping, so that the test need not wait for a minute.
      { batchSize: 10, maximumRecordAgeInSeconds: 1, maximumRetryAttempts: -1 },
      4,
    );
    expectAllOnceInOrder(ended, sequenceNumbers);
    expect(tally).toMatchObject({ processed: 0, discarded: old.length });
    expect(discarded.reduce((sum, message) => sum + message.KinesisBatchInfo.batchSize, 0)).toBe(old.length);
    expect(new Set(discarded.map(({ requestContext }) => requestContext.condition))).toEqual(
      new Set(['RecordAgeExceeded']),
    );
  });

  it('has injected every kind of fault', () => {
    expect(Object.keys(proxy.tally.byKind()).sort()).toEqual(Object.keys(SHARES).sort());
  });
});

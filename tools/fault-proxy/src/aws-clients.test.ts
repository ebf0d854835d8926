/**
 * Each kind of fault, as a client of the AWS SDK sees it, and how the client's retries deal with it. fault-proxy.test.ts covers `partial`, which
 * the SDK does not repeat.
 */
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetRecordsCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type AwsForTests, RECORD, startAwsForTests } from './aws-for-tests';
import type { Service } from './aws-request';
import type { FaultPlan } from './choose-fault';
import { FAULT_KINDS, type FaultKind, canHappenTo } from './fault-kinds';
import { type FaultProxy, startFaultProxy } from './fault-proxy';

const OBJECT = 'an object of some length';
const STORED = '/bucket/stored';
const KEY = { Bucket: 'bucket', Key: 'stored' };
/** A client waits this long for a response, and a slow response takes at least twice as long. */
const PATIENCE_MS = 3_000;

let aws: AwsForTests;
let proxy: FaultProxy;
/** The clock of the proxy: it advances by one with each request. */
let ticks = 0;
beforeAll(async () => void (aws = await startAwsForTests()));
beforeEach(async () => {
  for (const memory of [aws.received, aws.items, aws.messages]) memory.length = 0;
  aws.objects.clear();
  aws.objects.set(STORED, OBJECT);
  ticks = 0;
  proxy = await startFaultProxy(aws.endpoint, () => ticks++);
});
afterEach(() => proxy.close());
afterAll(() => aws.close());

/** @param maxAttempts requests for one call @param requestTimeout time for a response in milliseconds; default: no limit */
function configured(maxAttempts: number, requestTimeout?: number) {
  return {
    endpoint: proxy.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts,
    requestHandler: new NodeHttpHandler(
      requestTimeout === undefined ? {} : { requestTimeout, throwOnRequestTimeout: true },
    ),
  };
}
type Config = ReturnType<typeof configured>;

interface Call {
  readonly service: Service;
  /** Sends the request, and checks the response. */
  send(config: Config): Promise<void>;
  /** What a client sees when the service throttles; each of them happens. */
  readonly throttled: readonly string[];
  /** What a client sees when the service fails; each of them happens. */
  readonly serverError: readonly string[];
  /** The service answers with an empty body. */
  readonly isEmpty?: true;
}

const KINESIS = {
  service: 'kinesis',
  throttled: ['ProvisionedThroughputExceededException 400'],
  serverError: ['InternalFailure 500', 'ServiceUnavailable 503'],
} as const;
const SQS = {
  service: 'sqs',
  throttled: ['RequestThrottled 400'],
  serverError: ['InternalFailure 500', 'ServiceUnavailable 503'],
} as const;
const S3 = {
  service: 's3',
  throttled: ['SlowDown 503'],
  serverError: ['InternalError 500', 'ServiceUnavailable 503'],
} as const;
const s3 = (config: Config) => new S3Client({ ...config, forcePathStyle: true });
const QUEUE = 'http://127.0.0.1/000000000000/q';

/** By operation. */
const CALLS: Readonly<Record<string, Call>> = {
  PutRecords: {
    ...KINESIS,
    send: async (config) => {
      const Records = ['a', 'b'].map((key) => ({ PartitionKey: key, Data: Buffer.from(key) }));
      const answer = await new KinesisClient(config).send(new PutRecordsCommand({ StreamName: 's', Records }));
      expect(answer).toMatchObject({
        FailedRecordCount: 0,
        Records: [{ SequenceNumber: '0' }, { SequenceNumber: '1' }],
      });
    },
  },
  GetRecords: {
    ...KINESIS,
    send: async (config) => {
      const { Records: records } = await new KinesisClient(config).send(new GetRecordsCommand({ ShardIterator: 'i' }));
      expect(records?.map(({ Data: data }) => Buffer.from(data ?? []).toString())).toEqual([RECORD]);
    },
  },
  BatchWriteItem: {
    service: 'dynamodb',
    throttled: ['ProvisionedThroughputExceededException 400', 'ThrottlingException 400'],
    serverError: ['InternalServerError 500', 'ServiceUnavailable 503'],
    send: async (config) => {
      const writes = ['a', 'b'].map((key) => ({ PutRequest: { Item: { key: { S: key } } } }));
      const write = new BatchWriteItemCommand({ RequestItems: { t: writes } });
      expect(await new DynamoDBClient(config).send(write)).toMatchObject({ UnprocessedItems: {} });
      expect(aws.items).toEqual(expect.arrayContaining(writes.map(({ PutRequest: { Item: item } }) => item)));
    },
  },
  SendMessage: {
    ...SQS,
    send: async (config) => {
      const message = new SendMessageCommand({ QueueUrl: QUEUE, MessageBody: 'a message' });
      expect(await new SQSClient(config).send(message)).toMatchObject({ MessageId: expect.any(String) });
      expect(aws.messages).toContain('a message');
    },
  },
  SendMessageBatch: {
    ...SQS,
    send: async (config) => {
      const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: `message ${Id}` }));
      const { Successful: sent } = await new SQSClient(config).send(
        new SendMessageBatchCommand({ QueueUrl: QUEUE, Entries }),
      );
      expect(sent).toHaveLength(2);
      expect(aws.messages).toEqual(expect.arrayContaining(['message a', 'message b']));
    },
  },
  PutObject: {
    ...S3,
    isEmpty: true,
    send: async (config) => {
      await s3(config).send(new PutObjectCommand({ Bucket: 'bucket', Key: 'new', Body: OBJECT }));
      expect(aws.objects.get('/bucket/new')).toBe(OBJECT);
    },
  },
  GetObject: {
    ...S3,
    send: async (config) => {
      const { Body: body } = await s3(config).send(new GetObjectCommand(KEY));
      expect(await body?.transformToString()).toBe(OBJECT);
    },
  },
  HeadObject: {
    ...S3,
    // A response to a HEAD has no body, so the SDK does not know the name of the error.
    throttled: ['Unknown 503'],
    serverError: ['Unknown 500', 'Unknown 503'],
    isEmpty: true,
    send: async (config) =>
      expect(await s3(config).send(new HeadObjectCommand(KEY))).toMatchObject({ ContentLength: OBJECT.length }),
  },
  DeleteObject: {
    ...S3,
    isEmpty: true,
    send: async (config) => {
      await s3(config).send(new DeleteObjectCommand(KEY));
      expect(aws.objects.has(STORED)).toBe(false);
    },
  },
};

const inject = (kind: FaultKind, more: Partial<FaultPlan> = {}) =>
  proxy.inject({ seed: 1, shares: { [kind]: 1 }, ...more });
/** Lets this number of requests fail, and the next one pass. */
const injectInto = (requests: number, kind: FaultKind, more: Partial<FaultPlan> = {}) =>
  inject(kind, { bursts: { everyMs: requests + 1, lengthMs: requests }, ...more });

/**
 * What a client sees when the connection breaks: the code, or Node's messages for this code. The SDK does not recognise the errors of a
 * test's realm, so it wraps some of them without the code.
 */
const BROKEN = /ECONNRESET|socket hang up|aborted/;

/** @returns what a client sees: the name of the error and the status, or the code or the message of the connection's failure */
async function seenBy(call: Call, config: Config): Promise<string> {
  return call.send(config).then(
    () => 'success',
    ({ name, message, code, $metadata }: Error & { code?: string; $metadata?: { httpStatusCode?: number } }) => {
      const status = $metadata?.httpStatusCode;
      return status === undefined ? (code ?? message) : `${name} ${status}`;
    },
  );
}

/** @returns the names of errors and the status codes that a client without retries sees */
async function allSeenBy(call: Call): Promise<string[]> {
  const seen = new Set<string>();
  for (let n = 0; n < 16; n += 1) seen.add(await seenBy(call, configured(1)));
  return [...seen].sort();
}

/** Faults after which the service has processed the request. */
const PROCESSED: readonly FaultKind[] = ['unanswered', 'truncated', 'slow'];

it('has a call for each kind of fault of each service', () => {
  const kinds = (service: Service) =>
    FAULT_KINDS.filter((kind) =>
      Object.entries(CALLS).some(
        ([operation, call]) => call.service === service && canHappenTo(kind, { service, operation }),
      ),
    );
  const general = FAULT_KINDS.filter((kind) => canHappenTo(kind, { service: 'sqs', operation: '' }));
  expect(kinds('kinesis')).toEqual([...FAULT_KINDS]);
  expect(kinds('dynamodb')).toEqual(FAULT_KINDS.filter((kind) => kind === 'partial' || general.includes(kind)));
  expect(kinds('sqs')).toEqual(general);
  expect(kinds('s3')).toEqual(general);
});

describe.each(Object.entries(CALLS))('%s', (operation, call) => {
  const name = `${call.service === 's3' ? 's3' : operation}`;
  const truncated: FaultKind = call.isEmpty ? 'unanswered' : 'truncated';

  it('is throttled with the error of the service', async () => {
    inject('throttled');
    expect(await allSeenBy(call)).toEqual([...call.throttled].sort());
    expect(aws.received).toEqual([]);
  });

  it('gets 500 and 503 from a service that fails, which has not done anything', async () => {
    inject('serverError');
    expect(await allSeenBy(call)).toEqual([...call.serverError].sort());
    expect(aws.received).toEqual([]);
  });

  it.each(['reset', 'unanswered', 'truncated'] as const)('sees a broken connection: %s', async (kind) => {
    inject(kind);
    expect(await seenBy(call, configured(1))).toMatch(BROKEN);
    expect(aws.received).toHaveLength(kind === 'reset' ? 0 : 1);
    expect(proxy.tally.byKindAndOperation()).toEqual({ [`${kind === 'truncated' ? truncated : kind} ${name}`]: 1 });
  });

  it('waits for a slow response, and gets the answer of the service', async () => {
    inject('slow', { slowMs: 20 });
    await call.send(configured(1));
    expect(proxy.tally.byKindAndOperation()).toEqual({ [`slow ${name}`]: 1 });
  });

  it('gives up a response that is too slow, and its retry succeeds', async () => {
    injectInto(1, 'slow', { slowMs: 4 * PATIENCE_MS });
    await call.send(configured(2, PATIENCE_MS));
    expect(aws.received).toHaveLength(2);
    expect(proxy.tally.byKindAndOperation()).toEqual({ [`slow ${name}`]: 1 });
  });

  const repeated = (['throttled', 'serverError', 'reset', 'unanswered', 'truncated'] as const).filter(
    // The call of the SDK ends when the headers arrive.
    (kind) => !(kind === 'truncated' && operation === 'GetObject'),
  );
  it.each(repeated)('succeeds at the third attempt of the SDK: %s', async (kind) => {
    injectInto(2, kind);
    await call.send(configured(3));
    expect(aws.received).toHaveLength(PROCESSED.includes(kind) ? 3 : 1);
    expect(proxy.tally.byKindAndOperation()).toEqual({ [`${kind === 'truncated' ? truncated : kind} ${name}`]: 2 });
    expect(proxy.tally.requests).toBe(3);
  });
});

it('sees a response that is too slow as a timeout', async () => {
  inject('slow', { slowMs: 4 * PATIENCE_MS });
  expect(await seenBy(CALLS['PutRecords'] as Call, configured(1, PATIENCE_MS))).toBe('ETIMEDOUT');
});

describe('what the SDK does not repeat', () => {
  it('is an object of which half arrives: the caller must request it again', async () => {
    injectInto(1, 'truncated');
    const call = CALLS['GetObject'] as Call;
    expect(await seenBy(call, configured(3))).toMatch(BROKEN);
    expect(proxy.tally.requests).toBe(1);
    await call.send(configured(3));
  });

  it('is a request with an expired iterator: the caller needs a new one', async () => {
    injectInto(1, 'expiredIterator');
    const call = CALLS['GetRecords'] as Call;
    expect(await seenBy(call, configured(3))).toBe('ExpiredIteratorException 400');
    expect(proxy.tally.byKindAndOperation()).toEqual({ 'expiredIterator GetRecords': 1 });
    expect(aws.received).toEqual([]);
    await call.send(configured(3));
  });
});

it('fails a request with a presigned URL as S3 does', async () => {
  inject('throttled');
  const query = 'X-Amz-Credential=test%2F20261128%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0';
  const answer = await fetch(`${proxy.endpoint}${STORED}?${query}`);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('<Code>SlowDown</Code>');
});

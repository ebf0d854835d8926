/** The dead letters of the bundled output sink while SQS fails: its requests go through the fault proxy. */
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MAX_RAW_BYTES } from '@ad-analytics/event-schemas';
import { firstUndone } from '@ad-analytics/event-source-mapping/batch-response';
import { HandlerProcess } from '@ad-analytics/event-source-mapping/handler-process';
import { kinesisEvent } from '@ad-analytics/event-source-mapping/kinesis-event';
import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import { buildSink } from '@ad-analytics/sink/build-sink';
import { NOON, numberedClick } from '@ad-analytics/sink/numbered-click';
import { type AwsForTests, startAwsForTests } from './aws-for-tests';
import type { FaultPlan } from './choose-fault';
import { type FaultProxy, startFaultProxy } from './fault-proxy';

const REGION = 'us-east-1';
const STREAM = 'AdResultantOutput';
const SHARD = 'shardId-000000000003';
/** More than the sink needs at these rates of faults; a sink that never finishes fails the test. */
const MAX_DELIVERIES = 100;
/** Messages in a SendMessageBatch. */
const MAX_MESSAGES = 10;
/** The table refuses the results of this user. */
const REFUSED = 'refused by the table';

const click = (n: number, more: object = {}, userId = 'u') => ({ ...numberedClick(n, userId), ...more });
const json = (value: object) => Buffer.from(JSON.stringify(value));

/** Each kind of poison of the sink's README, with the reason in its letter. */
const POISON: readonly (readonly [(n: number) => Buffer, RegExp])[] = [
  [() => Buffer.from('{'), /^JSON: is not valid JSON$/],
  [() => Buffer.from([0xff, 0xfe]), /^JSON: is not valid UTF-8$/],
  [(n) => json(click(n, { schema_version: 2 })), /^schema_version: /],
  [(n) => json(click(n, { event_time: 'noon' })), /^event_time: /],
  [() => Buffer.alloc(MAX_RAW_BYTES + 1, 'x'), /^JSON: is not valid JSON$/],
  [(n) => json(click(n, { record_id: `unattributed_click:${n}${'x'.repeat(3_000)}` })), /^record_id: \d+ bytes/],
  [(n) => json(click(n, {}, REFUSED)), /^unattributed_click: the table refuses the item: ValidationException: /],
];

interface Sent {
  readonly record: ShardRecord;
  /** Reason of the letter that the record must become; undefined for a result that must become an item. */
  readonly reason: RegExp | undefined;
}

/** @returns records of a shard, of which two thirds are poison */
function records(count: number): Sent[] {
  return Array.from({ length: count }, (_, n) => {
    const [data, reason] = (n % 3 === 0 ? undefined : POISON[n % POISON.length]) ?? [(at: number) => json(click(at))];
    const sequenceNumber = String(4_959_033_827_149_025_660_855_969_253n + BigInt(n));
    return { record: { sequenceNumber, partitionKey: `key ${n}`, arrivalTime: NOON + n, data: data(n) }, reason };
  });
}

interface Letter {
  readonly sequence_number: string;
  readonly reason: string;
  readonly failed_at: string;
}

describe('the letters of the sink, while requests to its queue fail', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sink with faults '));
  const bundle = path.join(folder, 'index.mjs');
  const log = openSync(path.join(folder, 'log'), 'a');
  let aws: AwsForTests;
  let proxy: FaultProxy;
  let sink: HandlerProcess;
  beforeAll(() => buildSink(bundle));
  beforeEach(async () => {
    aws = await startAwsForTests((item) => JSON.stringify(item).includes(REFUSED));
    proxy = await startFaultProxy(aws.endpoint);
    const env = localAwsEnvironment(REGION, {
      AWS_ENDPOINT_URL: proxy.endpoint,
      RESULTS_TABLE: 'results',
      DEAD_LETTER_QUEUE_URL: `${proxy.endpoint}/000000000000/letters`,
      POWERTOOLS_SERVICE_NAME: 'output-sink',
      POWERTOOLS_METRICS_NAMESPACE: 'AdAnalytics',
    });
    sink = new HandlerProcess({
      ...{ bundle, functionName: 'output-sink', functionArn: 'arn:sink', env, timeoutMs: 120_000, log },
    });
  });
  afterEach(async () => {
    sink.close();
    await proxy.close();
    await aws.close();
  });
  afterAll(() => {
    closeSync(log);
    rmSync(folder, { recursive: true });
  });

  /** Delivers the records as Lambda does: again from the lowest reported one. @returns the number of deliveries */
  async function deliver(sent: readonly Sent[]): Promise<number> {
    const source = {
      ...{ shardId: SHARD, region: REGION, roleArn: 'arn:aws:iam::000000000000:role/sink' },
      streamArn: `arn:aws:kinesis:${REGION}:000000000000:stream/${STREAM}`,
    };
    let left = sent.map(({ record }) => record);
    let deliveries = 0;
    while (left.length > 0 && deliveries < MAX_DELIVERIES) {
      const invocation = await sink.invoke(kinesisEvent(left, source));
      deliveries += 1;
      // A failure of the queue is reported in the response, and not by an error of the function.
      expect(invocation).toMatchObject({ kind: 'answered' });
      const { response } = invocation as { response: unknown };
      const numbers = left.map(({ sequenceNumber }) => sequenceNumber);
      left = left.slice(firstUndone(response, numbers));
    }
    expect(left).toEqual([]);
    return deliveries;
  }

  /** Each poison record is in the queue with the documented content, in the order of the shard, and nothing else. */
  function expectLetters(sent: readonly Sent[], since: number): Letter[] {
    const letters = aws.messages.map((text) => JSON.parse(text) as Letter);
    const first = new Map<string, Letter>();
    for (const letter of letters) {
      const { sequence_number: number } = letter;
      if (!first.has(number)) first.set(number, letter);
    }
    const expected = sent.flatMap(({ record, reason }) => {
      const { data, sequenceNumber, partitionKey, arrivalTime } = record;
      if (reason === undefined) return [];
      return {
        reason: expect.stringMatching(reason),
        stream: STREAM,
        shard: SHARD,
        sequence_number: sequenceNumber,
        partition_key: partitionKey,
        arrived_at: new Date(arrivalTime).toISOString(),
        failed_at: expect.any(String),
        raw: Buffer.from(data.subarray(0, MAX_RAW_BYTES)).toString('base64'),
        raw_length: data.length,
      };
    });
    expect([...first.values()]).toEqual(expected);
    for (const { failed_at: time } of letters) {
      expect(Date.parse(time)).toBeGreaterThanOrEqual(since);
      expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
    }
    return letters;
  }

  function expectItems(sent: readonly Sent[]): void {
    const ids = new Set(aws.items.map((item) => item['record_id']?.S));
    const valid = sent.flatMap(({ reason }, n) => (reason === undefined ? [click(n).record_id] : []));
    expect([...ids].sort()).toEqual(valid.sort());
  }

  const plan = (seed: number, shares: FaultPlan['shares']): FaultPlan => ({ seed, shares, services: ['sqs'] });

  it('are each in the queue once, if the queue has not processed the failed requests', async () => {
    const since = Date.now();
    const sent = records(70);
    const shares = { throttled: 0.25, serverError: 0.25, reset: 0.25 };
    proxy.inject(plan(1, shares));
    // The client's four attempts are not always enough: the sink then reports the first record whose letter is missing.
    expect(await deliver(sent)).toBeGreaterThan(1);
    const letters = expectLetters(sent, since);
    expect(letters).toHaveLength(new Set(letters.map((letter) => letter.sequence_number)).size);
    expectItems(sent);
    expect(Object.keys(proxy.tally.byKind()).sort()).toEqual(Object.keys(shares).sort());
  });

  it('are each in the queue at least once, if responses of the queue are lost', async () => {
    const since = Date.now();
    const sent = records(70);
    const shares = { throttled: 0.15, serverError: 0.15, reset: 0.15, unanswered: 0.15, truncated: 0.15 };
    proxy.inject(plan(2, shares));
    await deliver(sent);
    const letters = expectLetters(sent, since);
    expectItems(sent);
    const { unanswered = 0, truncated = 0, ...others } = proxy.tally.byKind();
    expect(Object.keys({ ...others, unanswered, truncated }).sort()).toEqual(Object.keys(shares).sort());
    // Only these cause repeats: the letters of the request are sent again.
    const repeats = letters.length - new Set(letters.map((letter) => letter.sequence_number)).size;
    expect(repeats).toBeGreaterThan(0);
    expect(repeats).toBeLessThanOrEqual((unanswered + truncated) * MAX_MESSAGES);
  });
});

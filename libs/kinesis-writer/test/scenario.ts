import fc from 'fast-check';
import { type DeliveryFailure, KinesisWriter, type KinesisWriterOptions, ShardMap, type WriterStats } from '../src';
import { deaggregate } from './deaggregate';
import { FakeKinesis, serviceError } from './fake-kinesis';
import { VirtualClock } from './virtual-clock';

/** What happens to one request. */
interface Fault {
  readonly kind: 'none' | 'partial' | 'throttled' | 'server error' | 'broken' | 'answer lost';
  /** Which entries are refused: bit i stands for the entries i, i + 16 and so on. For `partial` and `answer lost`. */
  readonly mask: number;
  readonly code: 'ProvisionedThroughputExceededException' | 'InternalFailure';
  readonly latencyMs: number;
}

/** A whole run of a writer. */
export interface Scenario {
  /** Key number and padding of each record, in the order of `put`. */
  readonly records: readonly { readonly key: number; readonly padding: number; readonly pauseMs: number }[];
  /** One per request; later requests have no fault. */
  readonly faults: readonly Fault[];
  readonly options: Pick<
    KinesisWriterOptions<TestRecord>,
    | 'maxRequestRecords'
    | 'maxRequestBytes'
    | 'maxRecordBytes'
    | 'maxBufferedRecords'
    | 'maxBufferedBytes'
    | 'maxInFlight'
    | 'lingerMs'
    | 'maxAttempts'
    | 'orderedByKey'
  >;
  /** Largest aggregated record; undefined: no aggregation. */
  readonly aggregatedBytes: number | undefined;
  readonly shards: number;
  /** The writer is aborted at this time. */
  readonly abortAtMs: number | undefined;
  /** Flush without waiting after this record. */
  readonly flushAfter: number;
  readonly seed: number;
}

/** A record that can be told from all others. */
interface TestRecord {
  readonly id: number;
  readonly partitionKey: string;
  readonly data: string;
}

/** What was seen of a run. */
export interface Outcome {
  readonly put: readonly TestRecord[];
  readonly failures: ReadonlyMap<number, DeliveryFailure>;
  /** How often a record was reported, if more than once. */
  readonly reportedTwice: readonly number[];
  readonly stats: WriterStats;
  readonly fake: FakeKinesis;
  /** Records as a consumer sees them, in the order of the stream. */
  readonly consumed: readonly { readonly id: number; readonly key: string; readonly shardId: string }[];
  /** Most records in the buffer while a caller awaited each put. */
  readonly peakBuffered: number;
  /** Times at which `put = sent + failed + buffered` did not hold. */
  readonly unbalanced: readonly string[];
}

const fault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom('none', 'partial', 'partial', 'throttled', 'server error', 'broken', 'answer lost'),
  mask: fc.integer({ min: 0, max: 0xffff }),
  code: fc.constantFrom('ProvisionedThroughputExceededException', 'InternalFailure'),
  latencyMs: fc.integer({ min: 0, max: 300 }),
});

/** Runs with small limits, so that each of them is met. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  records: fc.array(
    fc.record({
      key: fc.integer({ min: 0, max: 6 }),
      padding: fc.oneof({ weight: 4, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.nat(400) }),
      pauseMs: fc.constantFrom(0, 0, 0, 0, 7, 150),
    }),
    { maxLength: 60, size: 'max' },
  ),
  faults: fc.array(fault, { maxLength: 25, size: 'max' }),
  options: fc.record({
    maxRequestRecords: fc.integer({ min: 1, max: 12 }),
    maxRequestBytes: fc.integer({ min: 600, max: 1_500 }),
    maxRecordBytes: fc.integer({ min: 250, max: 600 }),
    maxBufferedRecords: fc.integer({ min: 1, max: 40 }),
    maxBufferedBytes: fc.integer({ min: 200, max: 5_000 }),
    maxInFlight: fc.integer({ min: 1, max: 3 }),
    lingerMs: fc.constantFrom(0, 20, 100),
    maxAttempts: fc.integer({ min: 1, max: 8 }),
    orderedByKey: fc.boolean(),
  }),
  aggregatedBytes: fc.option(
    fc.integer({ min: 90, max: 100 }).chain((min) => fc.integer({ min, max: 300 })),
    {
      nil: undefined,
    },
  ),
  shards: fc.integer({ min: 1, max: 5 }),
  abortAtMs: fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined, freq: 4 }),
  flushAfter: fc.nat(60),
  seed: fc.nat(),
});

/** Park-Miller, good enough for jitter that is the same on every run. */
function jitter(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function apply(faults: readonly Fault[], fake: FakeKinesis): void {
  fake.latencyMs = (request) => faults[request]?.latencyMs ?? 10;
  fake.requestVerdict = (_, request) => {
    const kind = faults[request]?.kind;
    if (kind === 'throttled') return serviceError('ProvisionedThroughputExceededException', 400);
    if (kind === 'server error') return serviceError('InternalFailure', 500);
    if (kind === 'broken') return Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    return undefined;
  };
  fake.entryVerdict = (_, request, index) => {
    const { kind, mask, code } = faults[request] ?? {};
    if (kind !== 'partial' && kind !== 'answer lost') return undefined;
    return ((mask ?? 0) >> (index % 16)) & 1 ? code : undefined;
  };
  fake.answerVerdict = (request) =>
    faults[request]?.kind === 'answer lost' ? serviceError('TimeoutError') : undefined;
}

/** @returns the outcome of the records; throws when the writer hangs */
export async function play(scenario: Scenario): Promise<Outcome> {
  const clock = new VirtualClock();
  const fake = new FakeKinesis(clock);
  fake.reshard(scenario.shards);
  apply(scenario.faults, fake);
  const failures = new Map<number, DeliveryFailure>();
  const reportedTwice: number[] = [];
  const unbalanced: string[] = [];
  const { aggregatedBytes: maxBytes, options } = scenario;
  const aggregation = maxBytes === undefined ? undefined : { shards: await ShardMap.load(fake, 'stream'), maxBytes };
  const writer: KinesisWriter<TestRecord> = new KinesisWriter<TestRecord>({
    ...options,
    ...(aggregation && {
      aggregation: { ...aggregation, maxBytes: Math.min(aggregation.maxBytes, options.maxRecordBytes ?? Infinity) },
    }),
    api: fake,
    streamName: 'stream',
    clock,
    random: jitter(scenario.seed),
    onFailed: (record, failure) => {
      if (failures.has(record.id)) reportedTwice.push(record.id);
      failures.set(record.id, failure);
      checkBalance('onFailed');
    },
  });
  const checkBalance = (where: string): void => {
    const { put, sent, failed, buffered } = writer.stats();
    if (put !== sent + failed + buffered) unbalanced.push(`${where}: ${put} != ${sent} + ${failed} + ${buffered}`);
  };
  const put: TestRecord[] = [];
  let peakBuffered = 0;
  let stopped = false;
  let flushed: Promise<void> = Promise.resolve();
  const produce = async (): Promise<void> => {
    for (const [id, { key, padding, pauseMs }] of scenario.records.entries()) {
      if (pauseMs > 0) await clock.sleep(pauseMs);
      if (stopped) break;
      const record = { id, partitionKey: `key-${key}`, data: `${id}:${'x'.repeat(padding)}` };
      put.push(record);
      const room = writer.put(record);
      peakBuffered = Math.max(peakBuffered, writer.stats().buffered);
      checkBalance('put');
      await room;
      if (id === scenario.flushAfter) flushed = writer.flush();
    }
    await (stopped ? undefined : writer.close());
  };
  let aborted: Promise<void> = Promise.resolve();
  if (scenario.abortAtMs !== undefined) {
    clock.schedule(scenario.abortAtMs, () => {
      stopped = true;
      aborted = writer.abort();
    });
  }
  await clock.run(produce());
  await clock.run(flushed);
  await clock.run(aborted);
  const consumed = fake.stored.flatMap(({ partitionKey, data, shardId }) =>
    deaggregate(partitionKey, data).map((record) => ({
      id: Number(record.data.split(':')[0]),
      key: record.partitionKey,
      shardId,
    })),
  );
  return { put, failures, reportedTwice, stats: writer.stats(), fake, consumed, peakBuffered, unbalanced };
}

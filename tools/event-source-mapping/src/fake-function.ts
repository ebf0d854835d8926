import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import type { Clock } from './clock';
import type { MappingSettings } from './mapping-settings';
import type { PollOptions } from './poll-shard';
import type { Discarded, Invocation, ShardEvent } from './process-batch';
import type { ShardPage, ShardSource } from './gather-batches';

export const SETTINGS: MappingSettings = {
  batchSize: 10,
  maximumBatchingWindowInSeconds: 0,
  maximumRetryAttempts: -1,
  maximumRecordAgeInSeconds: -1,
  bisectBatchOnFunctionError: false,
  reportBatchItemFailures: true,
  startingPosition: 'TRIM_HORIZON',
};

/** @returns this number of records; each arrives a millisecond after the previous one, and its data is its number */
export function shardRecords(count: number): ShardRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    sequenceNumber: String(4_959_033_827_149_025_660_855_969_253n + BigInt(at)),
    partitionKey: `key-${at % 3}`,
    arrivalTime: at,
    data: Buffer.from(String(at)),
  }));
}

/** @returns numbers of the records, as assigned by `shardRecords` */
export function numbersOf(records: readonly ShardRecord[]): number[] {
  return records.map(({ data }) => Number(Buffer.from(data).toString()));
}

/** A clock that advances only by waiting. */
export class FakeClock implements Clock {
  time = 1_000;
  readonly waits: number[] = [];

  now(): number {
    return this.time;
  }

  async wait(ms: number, until: AbortSignal): Promise<void> {
    if (until.aborted) return;
    this.waits.push(ms);
    this.time += ms;
  }
}

/** A shard in memory that returns pages of the given sizes, cyclically. */
export function fakeShard(records: readonly ShardRecord[], pageSizes: readonly number[] = [1_000]): ShardSource {
  let from = 0;
  let reads = 0;
  return {
    read: async (): Promise<ShardPage> => {
      const size = pageSizes[reads % pageSizes.length] ?? 1;
      reads += 1;
      const page = records.slice(from, from + size);
      from += page.length;
      return { records: page, atEnd: from === records.length };
    },
  };
}

/** Behaviour of a function for a batch: the records that it writes, and how it ends. */
export interface Behaviour {
  readonly writes: readonly ShardRecord[];
  readonly ends: Invocation;
}

export const answer = (...failed: ShardRecord[]): Invocation => ({
  kind: 'answered',
  response: { batchItemFailures: failed.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })) },
});
export const crash: Invocation = { kind: 'failed', error: 'the function was killed by SIGKILL in mid-batch' };

/** A function that upserts into a table in memory, and records all actions of the poller. */
export class FakeFunction {
  readonly clock = new FakeClock();
  /** Number of writes of each record. */
  readonly table = new Map<number, number>();
  readonly delivered: number[][] = [];
  readonly discarded: Discarded[] = [];
  readonly events: ShardEvent[] = [];
  readonly stop = new AbortController();
  readonly drain = new AbortController();
  /** Called before each discard. */
  onDiscard: () => void = () => {};

  /** @param behaviour of an invocation with these records; `nth` counts from 0 */
  constructor(private readonly behaviour: (records: readonly ShardRecord[], nth: number) => Behaviour) {
    this.drain.abort();
  }

  /** @returns options for polling to the end of the shard */
  options(settings: Partial<MappingSettings> = {}): PollOptions {
    return {
      settings: { ...SETTINGS, ...settings },
      clock: this.clock,
      random: () => 0.5,
      stop: this.stop.signal,
      drain: this.drain.signal,
      observe: (event) => this.events.push(event),
      discard: async (discarded) => {
        this.onDiscard();
        this.discarded.push(discarded);
      },
      invoke: async (records) => {
        const { writes, ends } = this.behaviour(records, this.delivered.length);
        this.delivered.push(numbersOf(records));
        for (const number of numbersOf(writes)) this.table.set(number, (this.table.get(number) ?? 0) + 1);
        return ends;
      },
    };
  }

  /** @returns numbers of the processed and discarded records, in that order */
  ended(type: 'processed' | 'discarded'): number[] {
    return this.events.flatMap((event) => (event.type === type ? numbersOf(event.records) : []));
  }
}

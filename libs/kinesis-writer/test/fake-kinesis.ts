import { createHash } from 'node:crypto';
import type {
  ListShardsCommandOutput,
  PutRecordsCommandInput,
  PutRecordsCommandOutput,
  PutRecordsRequestEntry,
} from '@aws-sdk/client-kinesis';
import type { KinesisApi } from '../src/kinesis-api';
import type { VirtualClock } from './virtual-clock';

/** A record as it lies in a shard of the fake. */
export interface StoredRecord {
  readonly shardId: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  readonly request: number;
}

/** What happens to one entry of a request: an error code, or undefined when it is taken. */
export type EntryVerdict = (entry: PutRecordsRequestEntry, request: number, index: number) => string | undefined;
/** What happens to a request as a whole: an error to throw before anything is taken, or undefined. */
export type RequestVerdict = (entries: PutRecordsRequestEntry[], request: number) => Error | undefined;
/** What happens to the answer once the entries are judged and stored: an error to throw in its place, or undefined. */
export type AnswerVerdict = (request: number) => Error | undefined;

/** An error as the SDK throws it; without a status, the exchange broke before an answer was read. */
export function serviceError(name: string, httpStatusCode?: number): Error {
  return Object.assign(new Error(`${name} of the fake`), { name, $metadata: { httpStatusCode } });
}

const HASH_KEYS = 1n << 128n;
/** Written out here, so that a wrong limit in the sources is found. */
const MAX_RECORDS = 500;
const MAX_BYTES = 10_485_760;

/** A Kinesis stream in memory with failures on order. It refuses what the service refuses. */
export class FakeKinesis implements KinesisApi {
  readonly stored: StoredRecord[] = [];
  readonly requests: { time: number; entries: PutRecordsRequestEntry[] }[] = [];
  /** Requests that broke a limit of the service: a writer must never make one. */
  readonly violations: string[] = [];
  listShardsCalls = 0;
  /** Most requests that were under way at the same time. */
  peakInFlight = 0;
  private inFlight = 0;
  entryVerdict: EntryVerdict = () => undefined;
  requestVerdict: RequestVerdict = () => undefined;
  answerVerdict: AnswerVerdict = () => undefined;
  latencyMs: (request: number) => number = () => 10;
  private shardCount = 1;
  private generation = 0;

  constructor(private readonly clock: VirtualClock) {}

  /** Replaces the shards by so many new ones of equal size, with new ids. */
  reshard(shardCount: number): void {
    this.generation += 1;
    this.shardCount = shardCount;
  }

  async putRecords(input: PutRecordsCommandInput, signal: AbortSignal): Promise<PutRecordsCommandOutput> {
    const entries = input.Records ?? [];
    const request = this.requests.length;
    this.requests.push({ time: this.clock.now(), entries });
    this.checkLimits(entries, request);
    this.inFlight += 1;
    this.peakInFlight = Math.max(this.peakInFlight, this.inFlight);
    await this.sleepUnlessAborted(this.latencyMs(request), signal);
    this.inFlight -= 1;
    if (signal.aborted) throw serviceError('AbortError');
    const error = this.requestVerdict(entries, request);
    if (error) throw error;
    const results = entries.map((entry, index) => {
      const code = this.entryVerdict(entry, request, index);
      if (code !== undefined) return { ErrorCode: code, ErrorMessage: 'refused by the fake' };
      const shardId = this.route(entry);
      const data = Buffer.from(entry.Data as Uint8Array);
      this.stored.push({ shardId, partitionKey: entry.PartitionKey as string, data, request });
      return { ShardId: shardId, SequenceNumber: String(this.stored.length) };
    });
    const lost = this.answerVerdict(request);
    if (lost) throw lost;
    const failed = results.filter((result) => 'ErrorCode' in result).length;
    return { Records: results, FailedRecordCount: failed, $metadata: {} };
  }

  /** Two shards a page. */
  async listShards(input: { NextToken?: string | undefined }): Promise<ListShardsCommandOutput> {
    this.listShardsCalls += 1;
    const size = this.shardSize();
    const shards = Array.from({ length: this.shardCount }, (_, i) => ({
      ShardId: this.shardId(i),
      HashKeyRange: {
        StartingHashKey: String(size * BigInt(i)),
        EndingHashKey: String(i + 1 === this.shardCount ? HASH_KEYS - 1n : size * BigInt(i + 1) - 1n),
      },
      SequenceNumberRange: { StartingSequenceNumber: '0' },
    }));
    const from = Number(input.NextToken ?? 0);
    const to = from + 2;
    const page = { Shards: shards.slice(from, to), $metadata: {} };
    return to < shards.length ? { ...page, NextToken: String(to) } : page;
  }

  private async sleepUnlessAborted(delayMs: number, signal: AbortSignal): Promise<void> {
    let onAbort = (): void => {};
    const aborted = new Promise<void>((resolve) => {
      onAbort = resolve;
      signal.addEventListener('abort', onAbort);
    });
    await Promise.race([this.clock.sleep(delayMs), aborted]);
    signal.removeEventListener('abort', onAbort);
  }

  private checkLimits(entries: PutRecordsRequestEntry[], request: number): void {
    let total = 0;
    for (const { PartitionKey: key = '', Data: data = new Uint8Array() } of entries) {
      const bytes = data.byteLength + Buffer.byteLength(key);
      total += bytes;
      if (bytes > MAX_BYTES) this.violations.push(`request ${request}: a record of ${bytes} bytes`);
      if (key === '' || [...key].length > 256 || Buffer.from(key).toString() !== key)
        this.violations.push(`request ${request}: key ${JSON.stringify(key)}`);
    }
    if (entries.length === 0 || entries.length > MAX_RECORDS)
      this.violations.push(`request ${request}: ${entries.length} records`);
    if (total > MAX_BYTES) this.violations.push(`request ${request}: ${total} bytes`);
  }

  private shardId(index: number): string {
    return `shardId-${this.generation}-${index}`;
  }

  private shardSize(): bigint {
    return HASH_KEYS / BigInt(this.shardCount);
  }

  private route(entry: PutRecordsRequestEntry): string {
    const md5 = createHash('md5')
      .update(entry.PartitionKey ?? '')
      .digest('hex');
    const hashKey = entry.ExplicitHashKey === undefined ? BigInt(`0x${md5}`) : BigInt(entry.ExplicitHashKey);
    const index = Number(hashKey / this.shardSize());
    return this.shardId(Math.min(index, this.shardCount - 1));
  }
}

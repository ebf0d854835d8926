import { setImmediate as turn } from 'node:timers/promises';
import { AdaptiveRate } from './adaptive-rate';
import { Aggregator, plainEntry } from './aggregator';
import { fullJitterDelay } from './backoff';
import { Backlog } from './backlog';
import type { BufferedRecord, Entry } from './entry';
import { Ledger } from './ledger';
import { findRecordProblem, recordBytes } from './limits';
import { partitionKeyOf } from './partition-key';
import { RetrySet } from './retry-set';
import { sendBatch, type BatchOutcome, type UnsentEntry } from './send-batch';
import { SendQueue } from './send-queue';
import { ShardWatch } from './shard-watch';
import type { UserRecord, WriterStats } from './types';
import { resolveOptions, type KinesisWriterOptions, type ResolvedOptions } from './writer-options';
import { Wake } from './wake';

const ABORTED = {
  code: 'Aborted',
  message: 'the writer was stopped before the stream acknowledged the record',
  permanent: false,
};

/**
 * Writes records to one Kinesis stream with PutRecords: batches filled to both limits, only the failed entries sent
 * again, a rate that follows the stream's throttling. At least once: a request without a response is sent again,
 * although its records may already be in the stream.
 *
 * ```ts
 * const api = kinesisApi(createKinesisClient({ region: 'us-east-1' }));
 * const writer = new KinesisWriter({ api, streamName: 'clicks', onFailed: (record, failure) => deadLetters.add(record, failure) });
 * await writer.put({ partitionKey: 'a', data: '{"click_id":"1"}' }); // waits while the buffer is full
 * await writer.close(); // all sent or reported
 * ```
 */
export class KinesisWriter<R extends UserRecord = UserRecord> {
  private readonly options: ResolvedOptions<R>;
  private readonly queue: SendQueue<R>;
  private readonly backlog: Backlog<R>;
  private readonly ledger: Ledger<R>;
  private readonly rate: AdaptiveRate;
  private readonly retries: RetrySet<R>;
  private readonly wake: Wake;
  private readonly aggregator: Aggregator<R> | undefined;
  private readonly shardWatch: ShardWatch | undefined;
  private readonly abortController = new AbortController();
  private inFlight = 0;
  private closed = false;

  /** @throws RangeError when a setting is out of range */
  constructor(options: KinesisWriterOptions<R>) {
    this.options = resolveOptions(options);
    const { aggregation, clock, orderedByKey, adaptiveRate } = this.options;
    this.queue = new SendQueue(this.options);
    this.backlog = new Backlog(this.options, (record) => this.enqueue(record));
    this.ledger = new Ledger(this.backlog, this.options);
    this.rate = new AdaptiveRate(adaptiveRate);
    this.retries = new RetrySet(clock);
    this.wake = new Wake(clock, () => this.pump());
    if (aggregation) {
      this.aggregator = new Aggregator(aggregation.shards, aggregation.maxBytes, orderedByKey);
      this.shardWatch = new ShardWatch(aggregation.shards, clock);
    }
  }

  /**
   * Accepts a record for sending.
   * @param record the same object is reported if it is given up; a record that is too
   * large is reported immediately
   * @returns resolves when the buffer has space for it, not when it is sent; rejects when
   * the writer is closed, or with an UnreportedFailureError when `onFailed` has thrown
   */
  async put(record: R): Promise<void> {
    if (this.closed) throw new Error('kinesis-writer: put was called after close');
    this.ledger.requireReported();
    const partitionKey = partitionKeyOf(record.partitionKey);
    const data = typeof record.data === 'string' ? Buffer.from(record.data, 'utf8') : record.data;
    const bytes = recordBytes(partitionKey, data);
    this.ledger.counts.put += 1;
    const problem = findRecordProblem(bytes, this.options.maxRecordBytes);
    if (problem) {
      this.ledger.neverSent([{ record }], { ...problem, attempts: 0, permanent: true, maybeDelivered: false });
      this.ledger.requireReported();
      return;
    }
    const room = this.backlog.enter({ record, partitionKey, data, bytes, epoch: this.backlog.currentEpoch });
    this.pump();
    if (!room) return;
    await room;
    // The response that made space has also started the next request. Its bytes leave in this turn of the event loop;
    // otherwise the stream would be idle while the caller prepares records for all of the space.
    await turn();
  }

  /**
   * @returns resolves when every record put before is sent or reported; rejects with an UnreportedFailureError when
   * `onFailed` has thrown
   */
  async flush(): Promise<void> {
    const flushed = this.backlog.flush();
    this.pump();
    await flushed;
    this.ledger.requireReported();
  }

  /** Stops accepting records, and resolves when every one is sent or reported; rejects as `flush` does. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flush();
  }

  /**
   * Aborts: every record that is not sent is reported with the code `Aborted`, and requests in flight are cancelled.
   * @returns resolves when every record is sent or reported; rejects as `flush` does
   */
  async abort(): Promise<void> {
    this.closed = true;
    this.abortController.abort();
    this.wake.cancel();
    const entries = [...this.retries.drain(), ...this.queue.drain(), ...(this.aggregator?.closeGroups() ?? [])];
    for (const entry of entries) this.ledger.givenUp(entry, ABORTED);
    this.ledger.neverSent(this.backlog.dismissWaiters(), { ...ABORTED, attempts: 0, maybeDelivered: false });
    await this.flush();
  }

  /** @returns counts so far */
  stats(): WriterStats {
    return {
      ...this.ledger.counts,
      buffered: this.backlog.size,
      rateLimit: this.rate.current,
      misrouted: this.shardWatch?.misrouted ?? 0,
      shardMapErrors: this.shardWatch?.errors ?? 0,
    };
  }

  private enqueue(record: BufferedRecord<R>): void {
    const now = this.options.clock.now();
    if (this.aggregator) for (const entry of this.aggregator.add(record, now)) this.queue.push(entry);
    else this.queue.push(plainEntry(record, now, this.options.orderedByKey ? record.partitionKey : undefined));
  }

  /** Starts all requests that may start now, and schedules the next call. */
  private pump(): void {
    const { clock, lingerMs, maxInFlight } = this.options;
    const now = clock.now();
    const { flushing, full } = this.backlog;
    if (this.aggregator)
      for (const entry of this.aggregator.closeGroups(now, flushing ? 0 : lingerMs)) this.queue.push(entry);
    while (this.inFlight < maxInFlight && this.queue.readyCount > 0) {
      const due = flushing || full || this.queue.fillsRequest ? now : (this.queue.oldest ?? now) + lingerMs;
      const start = Math.max(due, now + this.rate.delay(now));
      if (start > now) {
        this.wake.at(start);
        break;
      }
      const batch = this.queue.takeBatch(this.rate.maxBatch);
      this.rate.onSend(now, batch.length);
      void this.send(batch);
    }
    const oldestGroup = this.aggregator?.oldest;
    if (oldestGroup !== undefined) this.wake.at(oldestGroup + lingerMs);
  }

  private async send(batch: readonly Entry<R>[]): Promise<void> {
    const { api, streamName } = this.options;
    this.inFlight += 1;
    for (const { attempts } of batch) if (attempts > 0) this.ledger.counts.retried += 1;
    const outcome = await sendBatch(api, streamName, batch, this.abortController.signal);
    this.inFlight -= 1;
    this.account(outcome);
    this.backlog.admitWaiters();
    this.pump();
  }

  private account(outcome: BatchOutcome<R>): void {
    const { counts } = this.ledger;
    counts.requests += outcome.requests;
    counts.failedRequests += outcome.failedRequests;
    counts.throttled += outcome.throttled;
    this.rate.onResponse(this.options.clock.now(), outcome.delivered.length, outcome.throttled);
    for (const { entry, shardId } of outcome.delivered) {
      this.shardWatch?.observe(entry.expectedShard, shardId);
      this.queue.settle(entry);
      this.ledger.delivered(entry);
    }
    for (const unsent of outcome.rejected) this.giveUp(unsent, true);
    this.retryOrGiveUp(outcome.refused);
  }

  private retryOrGiveUp(refused: readonly UnsentEntry<R>[]): void {
    const { maxAttempts, backoff, random } = this.options;
    const again: Entry<R>[] = [];
    const { aborted } = this.abortController.signal;
    for (const unsent of refused) {
      if (aborted) this.giveUp({ ...unsent, ...ABORTED }, false);
      else if (unsent.entry.attempts < maxAttempts) again.push(unsent.entry);
      else this.giveUp(unsent, false);
    }
    if (again.length === 0) return;
    // Entries that failed together wait together, so that they stay together in the next batch.
    const attempts = Math.max(...again.map((entry) => entry.attempts));
    this.retries.add(again, fullJitterDelay(attempts, backoff, random), (entries) => {
      this.queue.retry(entries);
      this.pump();
    });
  }

  private giveUp({ entry, code, message }: UnsentEntry<R>, permanent: boolean): void {
    this.queue.settle(entry);
    this.ledger.givenUp(entry, { code, message, permanent });
  }
}

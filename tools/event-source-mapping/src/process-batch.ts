import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import { firstUndone } from './batch-response';
import type { Clock } from './clock';
import type { MappingSettings } from './mapping-settings';
import { retryDelayMs } from './retry-delay';

/** Outcome of an invocation: a response, or an error of the function (it threw, crashed or took too long). */
export type Invocation =
  { readonly kind: 'answered'; readonly response: unknown } | { readonly kind: 'failed'; readonly error: string };

/** Why records are discarded; the names of AWS. */
type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Discarded records, with the reason. */
export interface Discarded {
  readonly records: readonly ShardRecord[];
  readonly condition: DiscardCondition;
  /** Number of invocations with them. */
  readonly invocations: number;
  /** Outcome of the last of these invocations; undefined without one. */
  readonly last: Invocation | undefined;
}

/** An event of the processing of a shard, in order. */
export type ShardEvent =
  | { readonly type: 'processed'; readonly records: readonly ShardRecord[] }
  | { readonly type: 'failed'; readonly records: readonly ShardRecord[]; readonly error: string }
  | { readonly type: 'unread'; readonly error: string }
  | ({ readonly type: 'discarded' } & Discarded);

/** Options for processing a batch. */
export interface BatchOptions {
  readonly settings: MappingSettings;
  /** Invokes the function; errors of the function do not cause an exception. */
  invoke(records: readonly ShardRecord[]): Promise<Invocation>;
  /** Sends records to the on-failure destination. If it throws, the records are not discarded, and the shard ends with that error. */
  discard(discarded: Discarded): Promise<void>;
  observe(event: ShardEvent): void;
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter. */
  random(): number;
  /** Ends the work after the running invocation. */
  readonly stop: AbortSignal;
}

/** A part of the batch that is not processed yet. */
interface Work {
  readonly records: readonly ShardRecord[];
  /** Deliveries that count against the retry limit. */
  readonly failures: number;
  readonly invocations: number;
  readonly last: Invocation | undefined;
}

/** @returns the work, split at this position */
function splitAt(work: Work, at: number): [Work, Work] {
  return [
    { ...work, records: work.records.slice(0, at) },
    { ...work, records: work.records.slice(at) },
  ];
}

/** @returns number of records, from the first, that are too old like the first, or not too old like the first */
function ofSameAge(records: readonly ShardRecord[], oldestArrival: number): number {
  const expired = (record: ShardRecord) => record.arrivalTime < oldestArrival;
  const first = records[0];
  const other = first === undefined ? -1 : records.findIndex((record) => expired(record) !== expired(first));
  return other === -1 ? records.length : other;
}

/** @returns arrival time before which records are too old, milliseconds */
function oldestArrivalTime({ maximumRecordAgeInSeconds: seconds }: MappingSettings, now: number): number {
  return seconds === -1 ? -Infinity : now - seconds * 1_000;
}

function errorOf(invocation: Invocation, undone: number): string {
  return invocation.kind === 'failed'
    ? invocation.error
    : `the function reports a failed record; ${undone} records from there to the end of the batch are not processed`;
}

/**
 * The work that must be delivered again after a failure. A reported failure moves the checkpoint to it. With bisecting, the batch is split
 * there, or into halves if the failure is at its first record. A split does not count against the retry limit (Developer Guide, "Retain
 * discarded batch records for a Kinesis Data Streams event source"), so only a record that fails alone uses the limit.
 * @param delivered the delivered work
 * @param undone index of the first record that was not processed
 */
function afterFailure(delivered: Work, undone: number, { bisectBatchOnFunctionError }: MappingSettings): Work[] {
  const [, rest] = splitAt(delivered, undone);
  if (bisectBatchOnFunctionError && undone > 0) return [rest];
  if (bisectBatchOnFunctionError && rest.records.length > 1) return splitAt(rest, Math.ceil(rest.records.length / 2));
  return [{ ...rest, failures: rest.failures + 1 }];
}

/**
 * Processes every record of a batch, or sends it to the on-failure destination, like an event source mapping. There is one invocation at a
 * time, and it never begins after an unfinished record, so the order of the shard is kept.
 * @param batch records of one shard, in order
 * @returns false when it was stopped before the end
 * @throws errors of `discard`
 */
export async function processBatch(batch: readonly ShardRecord[], options: BatchOptions): Promise<boolean> {
  const { settings, clock, observe, stop } = options;
  const limit = settings.maximumRetryAttempts;
  const pending: Work[] = [{ records: batch, failures: 0, invocations: 0, last: undefined }];
  const giveUp = async ({ records, invocations, last }: Work, condition: DiscardCondition) => {
    const discarded = { records, condition, invocations, last };
    await options.discard(discarded);
    observe({ type: 'discarded', ...discarded });
  };
  let failuresInARow = 0;
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (next.records.length === 0) continue;
    if (stop.aborted) return false;
    const oldest = oldestArrivalTime(settings, clock.now());
    const [work, other] = splitAt(next, ofSameAge(next.records, oldest));
    pending.unshift(other);
    if ((work.records[0]?.arrivalTime ?? 0) < oldest) {
      await giveUp(work, 'RecordAgeExceeded');
      continue;
    }
    if (limit !== -1 && work.failures > limit) {
      await giveUp(work, 'RetryAttemptsExhausted');
      continue;
    }
    const last = await options.invoke(work.records);
    const delivered = { ...work, invocations: work.invocations + 1, last };
    const numbers = work.records.map(({ sequenceNumber }) => sequenceNumber);
    const answer = last.kind === 'answered' && settings.reportBatchItemFailures ? last.response : undefined;
    const undone = last.kind === 'failed' ? 0 : firstUndone(answer, numbers);
    if (undone > 0) observe({ type: 'processed', records: work.records.slice(0, undone) });
    if (undone === work.records.length) {
      failuresInARow = 0;
      continue;
    }
    const records = work.records.slice(undone);
    observe({ type: 'failed', records, error: errorOf(last, records.length) });
    pending.unshift(...afterFailure(delivered, undone, settings));
    failuresInARow = undone > 0 ? 1 : failuresInARow + 1;
    await clock.wait(retryDelayMs(failuresInARow, options.random()), stop);
  }
  return true;
}

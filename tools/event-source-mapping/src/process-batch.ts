import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import { firstUndone } from './batch-response';
import type { Clock } from './clock';
import type { MappingSettings } from './mapping-settings';
import { retryDelayMs } from './retry-delay';

/** How an invocation ended: with an answer, or with an error of the function (it threw, crashed or took too long). */
export type Invocation =
  { readonly kind: 'answered'; readonly response: unknown } | { readonly kind: 'failed'; readonly error: string };

/** Why records are given up; the names that AWS sends. */
type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Records that are given up, and what is known about it. */
export interface Discarded {
  readonly records: readonly ShardRecord[];
  readonly condition: DiscardCondition;
  /** How often the function was called with them. */
  readonly invocations: number;
  /** How the last of these calls ended; undefined if none exists. */
  readonly last: Invocation | undefined;
}

/** What happens in a shard, in order. */
export type ShardEvent =
  | { readonly type: 'processed'; readonly records: readonly ShardRecord[] }
  | { readonly type: 'failed'; readonly records: readonly ShardRecord[]; readonly error: string }
  | { readonly type: 'unread'; readonly error: string }
  | ({ readonly type: 'discarded' } & Discarded);

/** What the processing of a batch needs. */
export interface BatchOptions {
  readonly settings: MappingSettings;
  /** Calls the function; does not throw for what the function does. */
  invoke(records: readonly ShardRecord[]): Promise<Invocation>;
  /** Sends to the on-failure destination. When it throws, the records are not given up and the shard ends with that error. */
  discard(discarded: Discarded): Promise<void>;
  observe(event: ShardEvent): void;
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter. */
  random(): number;
  /** Ends the work after the invocation that runs. */
  readonly stop: AbortSignal;
}

/** A part of the batch that is still to do. */
interface Work {
  readonly records: readonly ShardRecord[];
  /** Deliveries that count against the retry limit. */
  readonly failures: number;
  readonly invocations: number;
  readonly last: Invocation | undefined;
}

/** @returns the work in two at that place */
function splitAt(work: Work, at: number): [Work, Work] {
  return [
    { ...work, records: work.records.slice(0, at) },
    { ...work, records: work.records.slice(at) },
  ];
}

/** @returns how many records from the first on share its fate: too old, or not yet */
function ofSameAge(records: readonly ShardRecord[], oldestArrival: number): number {
  const expired = (record: ShardRecord) => record.arrivalTime < oldestArrival;
  const first = records[0];
  const other = first === undefined ? -1 : records.findIndex((record) => expired(record) !== expired(first));
  return other === -1 ? records.length : other;
}

/** @returns arrival time below which records are too old, milliseconds */
function oldestArrivalTime({ maximumRecordAgeInSeconds: seconds }: MappingSettings, now: number): number {
  return seconds === -1 ? -Infinity : now - seconds * 1_000;
}

function errorOf(invocation: Invocation, undone: number): string {
  return invocation.kind === 'failed'
    ? invocation.error
    : `the function reports ${undone} records, from the first failure on`;
}

/**
 * What has to come again after a failure. A reported failure moves the checkpoint up to it. With bisecting the batch is split there, or in two
 * halves if the failure is at its first record; a split does not count against the retry limit (Developer Guide, "Retain discarded
 * batch records for a Kinesis Data Streams event source"), so that only a record which fails alone uses it up.
 * @param delivered the work as it was delivered
 * @param undone place of the first record that is not done
 */
function afterFailure(delivered: Work, undone: number, { bisectBatchOnFunctionError }: MappingSettings): Work[] {
  const [, rest] = splitAt(delivered, undone);
  if (bisectBatchOnFunctionError && undone > 0) return [rest];
  if (bisectBatchOnFunctionError && rest.records.length > 1) return splitAt(rest, Math.ceil(rest.records.length / 2));
  return [{ ...rest, failures: rest.failures + 1 }];
}

/**
 * Brings every record of a batch to its end, as an event source mapping does: processed, or at the on-failure destination. One invocation
 * at a time, and none that begins behind a record which has not come to its end, so the order of the shard is kept.
 * @param batch records of one shard, in order
 * @returns false when it was stopped before the end
 * @throws what `discard` throws
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

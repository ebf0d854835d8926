import { deadline, type RemainingTime } from './deadline';
import { deadLetter, type Poison } from './dead-letter';
import { sendLetters } from './dead-letter-queue';
import { deaggregate } from './deaggregate';
import type { KinesisRecord } from './kinesis-event';
import { itemsOf, type ArrivedResult } from './items-of';
import { newestById } from './newest-by-id';
import { parseResult } from './parse-result';
import type { QueueSender } from './queue-client';
import { writeItems, type WriteOptions, type WriteOutcome } from './write-items';

/** The dependencies of the processing. */
export interface SinkOptions extends WriteOptions {
  readonly queue: QueueSender;
  readonly queueUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An invalid record with its index in the event. */
interface PlacedPoison extends Poison {
  readonly at: number;
}

/** The outcome of a batch. */
export interface BatchReport extends WriteOutcome {
  /** The valid results of the batch, including repeats. */
  readonly results: readonly ArrivedResult[];
  /** Results that are not written because the batch contains them again. */
  readonly repeats: number;
  /** Records that are now in the dead-letter queue. */
  readonly poison: readonly Poison[];
  /** Indexes of the event's records that must be delivered again, each with the reason. */
  readonly failedAt: ReadonlyMap<number, Error>;
}

/** Remaining time of an invocation when writing ends, and when sending letters ends, in milliseconds. */
const RESERVE_AFTER_WRITES_MS = 3_000;
const RESERVE_AFTER_LETTERS_MS = 1_000;

/** Splits a batch into results and invalid records, in the order of the stream. */
function read(records: readonly KinesisRecord[]): { results: ArrivedResult[]; poison: PlacedPoison[] } {
  const results: ArrivedResult[] = [];
  const poison: PlacedPoison[] = [];
  records.forEach((record, at) => {
    for (const from of deaggregate(record)) {
      const parsed = parseResult(from.data);
      if ('record' in parsed) results.push({ record: parsed.record, from, at });
      else poison.push({ reason: parsed.reason, from, at });
    }
  });
  return { results, poison };
}

/**
 * Writes the results of a batch to the table and its poison to the dead-letter queue.
 *
 * Poison behind the first failure is left alone: Lambda delivers everything from there on again, and each letter would be
 * sent again with every retry.
 * @param options table, queue and clock
 * @param records the event's records, of one shard and in its order
 * @param time remaining time of the invocation
 * @returns the outcome; it never rejects for an error of a service
 */
export async function processBatch(
  options: SinkOptions,
  records: readonly KinesisRecord[],
  time: RemainingTime,
): Promise<BatchReport> {
  const { results, poison } = read(records);
  const newest = newestById(results);
  const { items, refused } = itemsOf(newest, options.now());
  poison.push(...refused.map(({ result: { from, at }, reason }) => ({ reason, from, at })));
  const resultsOf = new Map(items.map((item) => [item.item['record_id']?.S, item.results]));

  const writes = items.map(({ item }) => item);
  const outcome = await writeItems(options, writes, deadline(time, RESERVE_AFTER_WRITES_MS));
  for (const [key, { name, message }] of outcome.refused)
    for (const { from, at, record } of resultsOf.get(key) ?? [])
      poison.push({ reason: `${record.record_type}: the table refuses the item: ${name}: ${message}`, from, at });
  // Lambda must deliver again from the first result of an item that is not written.
  const placeOf = (key: string) => Math.min(...(resultsOf.get(key)?.map(({ at }) => at) ?? [0]));
  const failedAt = new Map([...outcome.failed].map(([key, error]) => [placeOf(key), error]));
  const firstFailure = Math.min(records.length, ...failedAt.keys());

  const due = poison.filter(({ at }) => at < firstFailure).sort((one, other) => one.at - other.at);
  const letters = due.map((letter) => deadLetter(letter, options.now()));
  const until = deadline(time, RESERVE_AFTER_LETTERS_MS);
  const unsent = await sendLetters(options.queue, options.queueUrl, letters, options.backoff, until);
  const sent = unsent === undefined ? due : due.slice(0, unsent.at);
  const blocked = unsent === undefined ? undefined : due[unsent.at];
  if (blocked !== undefined && unsent !== undefined) failedAt.set(blocked.at, unsent.error);

  return { ...outcome, results, repeats: results.length - newest.length, poison: sent, failedAt };
}

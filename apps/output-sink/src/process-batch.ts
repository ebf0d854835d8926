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

/** What a batch is processed with. */
export interface SinkOptions extends WriteOptions {
  readonly queue: QueueSender;
  readonly queueUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A poison record with its place in the event. */
interface PlacedPoison extends Poison {
  readonly at: number;
}

/** What became of a batch. */
export interface BatchReport extends WriteOutcome {
  /** The valid results that came, repeats included. */
  readonly results: readonly ArrivedResult[];
  /** Results left out because the batch holds them again. */
  readonly repeats: number;
  /** Records that are in the dead-letter queue now. */
  readonly poison: readonly Poison[];
  /** Indexes of the event's records that have to come again, each with the reason. */
  readonly failedAt: ReadonlyMap<number, Error>;
}

/** Left of an invocation's time when writing ends, and when sending letters ends; milliseconds. */
const RESERVE_AFTER_WRITES_MS = 3_000;
const RESERVE_AFTER_LETTERS_MS = 1_000;

/** Splits what came into results and poison, in the order of the stream. */
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
 * @param time how long the invocation may still run
 * @returns what became of them; it never rejects for an error of a service
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
  const placeOf = new Map(items.map(({ item, at }) => [item['record_id']?.S, at]));

  const writes = items.map(({ item }) => item);
  const outcome = await writeItems(options, writes, deadline(time, RESERVE_AFTER_WRITES_MS));
  const failedAt = new Map([...outcome.failed].map(([key, error]) => [placeOf.get(key) ?? 0, error]));
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

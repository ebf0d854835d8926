import { inParallel, type StoredItem, type TableWriter } from '@ad-analytics/serving-table';
import type { Backoff } from './backoff';
import { batchWrite, MAX_BATCH_ITEMS } from './batch-write';
import { conditionalPut, type PutOutcome } from './conditional-put';

/** The table, and how to write results to it. */
export interface WriteOptions {
  readonly table: TableWriter;
  readonly tableName: string;
  /** Version of the schema that this sink was built with. */
  readonly schemaVersion: number;
  readonly backoff: Backoff;
}

/** The outcome of the items. */
export interface WriteOutcome {
  readonly upserts: number;
  /** Number of overwritten items, if known: a batch write does not report them. */
  readonly overwritten: number;
  /** Not written because the table has a newer version. */
  readonly stale: number;
  /** Number of repeated items, counted each time. */
  readonly retried: number;
  /** The `record_id`s of items that are not in the table, each with the reason. A retry may write them. */
  readonly failed: ReadonlyMap<string, Error>;
  /** The `record_id`s of items that the table refuses as invalid, each with the reason. A retry would also fail. */
  readonly refused: ReadonlyMap<string, Error>;
}

/** Number of concurrent requests; the SDK has 50 connections. */
const CONCURRENCY = 10;

/**
 * Writes current results in requests of 25 without a condition, and older ones one by one, on the condition that the
 * table has nothing newer. BatchWriteItem does not support conditions.
 * @param options table, and how to write
 * @param items items of different `record_id`
 * @param signal cancels the write; the remaining items are reported as failed
 * @returns the outcome; it never rejects
 *   for an error of the service
 */
export async function writeItems(
  options: WriteOptions,
  items: readonly StoredItem[],
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const { table, tableName, schemaVersion, backoff } = options;
  const isOlder = (item: StoredItem): boolean => Number(item['schema_version']?.N) < schemaVersion;
  const current = items.filter((item) => !isOlder(item));
  const older = items.filter(isOlder);
  const chunks = Array.from({ length: Math.ceil(current.length / MAX_BATCH_ITEMS) }, (_, at) =>
    current.slice(at * MAX_BATCH_ITEMS, (at + 1) * MAX_BATCH_ITEMS),
  );
  const batches = await inParallel(chunks, CONCURRENCY, (chunk) =>
    batchWrite(table, tableName, chunk, backoff, signal),
  );
  const puts = await inParallel(older, CONCURRENCY, (item) => conditionalPut(table, tableName, item, signal));

  const failed = new Map(batches.flatMap((batch) => [...batch.failed]));
  const refused = new Map(batches.flatMap((batch) => [...batch.refused]));
  puts.forEach(({ became, error }, at) => {
    if (error !== undefined) (became === 'refused' ? refused : failed).set(older[at]?.['record_id']?.S ?? '', error);
  });
  const count = (became: PutOutcome['became']): number => puts.filter((put) => put.became === became).length;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    upserts: sum(batches.map(({ written }) => written)) + count('new') + count('overwritten'),
    overwritten: count('overwritten'),
    stale: count('stale'),
    retried: sum([...batches, ...puts].map(({ retried }) => retried)),
    failed,
    refused,
  };
}

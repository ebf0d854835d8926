import { inParallel, type StoredItem, type TableWriter } from '@ad-analytics/serving-table';
import type { Backoff } from './backoff';
import { batchWrite, MAX_BATCH_ITEMS } from './batch-write';
import { conditionalPut, type PutOutcome } from './conditional-put';

/** Where and how results are written. */
export interface WriteOptions {
  readonly table: TableWriter;
  readonly tableName: string;
  /** Version of the schema that this sink was built with. */
  readonly schemaVersion: number;
  readonly backoff: Backoff;
}

/** What became of the items. */
export interface WriteOutcome {
  readonly upserts: number;
  /** Overwrote what lay there, where that can be told: a batch write does not say. */
  readonly overwritten: number;
  /** Left out because the table has them in a newer version. */
  readonly stale: number;
  /** Items sent again, each time counted. */
  readonly retried: number;
  /** `record_id`s that are not in the table, each with the reason. */
  readonly failed: ReadonlyMap<string, Error>;
}

/** Requests under way at a time; the SDK has 50 connections. */
const CONCURRENCY = 10;

/**
 * Current results go 25 a request without a condition; older ones one by one, on the condition that nothing newer lies there.
 * BatchWriteItem knows no conditions.
 * @param options where and how
 * @param items items of different `record_id`
 * @param signal ends the effort; what is not written then is reported as failed
 * @returns what became of them; it never rejects for an error of the service
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
  puts.forEach(({ error }, at) => {
    if (error !== undefined) failed.set(older[at]?.['record_id']?.S ?? '', error);
  });
  const count = (became: PutOutcome['became']): number => puts.filter((put) => put.became === became).length;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    upserts: sum(batches.map(({ written }) => written)) + count('new') + count('overwritten'),
    overwritten: count('overwritten'),
    stale: count('stale'),
    retried: sum([...batches, ...puts].map(({ retried }) => retried)),
    failed,
  };
}

import type { RecordType, ResultRecord } from '@ad-analytics/event-schemas';
import { resultRecordSchema } from '@ad-analytics/event-schemas';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { indexKeys, type IndexKeys } from './keys';
import { expiresAt } from './retention';

/** An item of the table: a result, or a page of scores (`score-page.ts`). */
export interface ServingItem extends IndexKeys {
  /** Key of the item: the `record_id` of the result, or the name of the page. */
  readonly record_id: string;
  readonly record_type: RecordType;
  readonly schema_version: number;
  readonly event_time: string;
  /** The fields of the type, under one name for all types, because the projection of an index cannot change later. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The rejected record itself, outside of `payload` so that no index contains it; null if the job withheld it. */
  readonly raw?: string | null;
  readonly expires_at: number;
}

/** An item as the client sends and receives it. */
export type StoredItem = Record<string, AttributeValue>;

/** An item of the table that is not a result of the contract. */
export class ServingItemError extends Error {
  override readonly name = 'ServingItemError';
}

/**
 * @param record validated result
 * @param nowMs time of writing, in milliseconds since the epoch
 * @returns its item. Two
 *   calls with one record differ at most in `expires_at`
 * @throws {RangeError} when a late event's time of arrival is beyond the year 9999
 */
export function toItem(record: ResultRecord, nowMs: number): ServingItem {
  const { record_id, record_type, schema_version, event_time } = record;
  return {
    record_id,
    record_type,
    schema_version,
    event_time,
    ...payloadOf(record),
    ...indexKeys(record),
    expires_at: expiresAt(record_type, nowMs),
  };
}

function payloadOf(record: ResultRecord): Pick<ServingItem, 'payload' | 'raw'> {
  if (record.record_type !== 'rejected_event') {
    return { payload: (record as unknown as Record<string, Record<string, unknown>>)[record.record_type] ?? {} };
  }
  const { raw, ...payload } = record.rejected_event;
  return { payload, raw };
}

/**
 * @param item complete item, or the projection of an index
 * @returns its content in the form of a result, without
 *   validation
 */
export function storedRecord(item: Omit<ServingItem, keyof IndexKeys | 'expires_at'>): Record<string, unknown> {
  const { record_id, record_type, schema_version, event_time, payload, raw } = item;
  const fields = raw === undefined ? payload : { ...payload, raw };
  return { record_type, record_id, schema_version, event_time, [record_type]: fields };
}

/**
 * @param item complete item, or the projection of an index
 * @returns its result
 * @throws {ServingItemError} when the
 *   result does not pass its schema: another program, or a newer version of the output sink, wrote it. A rejected event
 *   from an index does not have `raw`, and is also rejected
 */
export function fromItem(item: Omit<ServingItem, keyof IndexKeys | 'expires_at'>): ResultRecord {
  return checkedResult(storedRecord(item));
}

/**
 * @param stored content of an item, in the form of a result
 * @returns the result
 * @throws {ServingItemError} when it does not pass its schema, see {@link fromItem}
 */
export function checkedResult(stored: Record<string, unknown>): ResultRecord {
  const parsed = resultRecordSchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ServingItemError(
    `Item ${stored['record_id']} is not a result: ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}

/**
 * @param item item of the table
 * @returns its form for the client
 * @throws {Error} when a number is beyond 2^53-1, which DynamoDB's JavaScript conversion refuses
 */
export function marshallItem(item: ServingItem): StoredItem {
  return marshall(item);
}

/** @returns the unmarshalled item; {@link fromItem} checks its shape */
export function unmarshallItem(stored: StoredItem): ServingItem {
  return unmarshall(stored) as ServingItem;
}

import { putUnlessNewer, type StoredItem, type TableWriter } from '@ad-analytics/serving-table';
import { refusesContent, repeatsOf, requestFailure } from './service-error';

/** The outcome of a conditional write. */
export interface PutOutcome {
  /**
   * `stale`: the table has a newer version, and was not changed. `refused`: the table refuses the item as invalid, so a retry would also
   * fail.
   */
  readonly became: 'new' | 'overwritten' | 'stale' | 'failed' | 'refused';
  /** Why it failed or was refused. */
  readonly error?: Error;
  /** Number of retries by the SDK. */
  readonly retried: number;
}

/**
 * Writes a result of an older schema version, unless the table has a newer version of it.
 * @param table where to write
 * @param tableName name of the table
 * @param item the result
 * @param signal cancels the write
 * @returns the outcome; it never rejects for an error of the service
 */
export async function conditionalPut(
  table: TableWriter,
  tableName: string,
  item: StoredItem,
  signal: AbortSignal,
): Promise<PutOutcome> {
  try {
    const { Attributes: before, $metadata } = await table.putItem(putUnlessNewer(tableName, item), signal);
    return { became: before === undefined ? 'new' : 'overwritten', retried: repeatsOf($metadata) };
  } catch (thrown) {
    const { error, repeats } = requestFailure(thrown, signal);
    if (error.name === 'ConditionalCheckFailedException') return { became: 'stale', retried: repeats };
    return { became: refusesContent(error) ? 'refused' : 'failed', error, retried: repeats };
  }
}

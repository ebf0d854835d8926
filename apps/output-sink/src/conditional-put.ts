import { putUnlessNewer, type StoredItem, type TableWriter } from '@ad-analytics/serving-table';
import { repeatsOf, requestFailure } from './service-error';

/** What became of a conditional write. */
export interface PutOutcome {
  /** `stale`: the table has it in a newer version, and was left as it is. */
  readonly became: 'new' | 'overwritten' | 'stale' | 'failed';
  /** Why it failed. */
  readonly error?: Error;
  /** How often the SDK sent it again. */
  readonly retried: number;
}

/**
 * Writes a result of an older schema version, unless the table has it in a newer one.
 * @param table where to write
 * @param tableName name of the table
 * @param item the result
 * @param signal ends the effort
 * @returns what became of it; it never rejects for an error of the service
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
    return { became: 'failed', error, retried: repeats };
  }
}

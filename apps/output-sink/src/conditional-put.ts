import { putUnlessNewer, type StoredItem, type TableWriter } from '@ad-analytics/serving-table';

/** What became of a conditional write. */
export type PutOutcome = 'new' | 'overwritten' | 'stale' | Error;

/**
 * Writes a result of an older schema version, unless the table has it in a newer one.
 * @param table where to write
 * @param tableName name of the table
 * @param item the result
 * @param signal ends the effort
 * @returns whether it is `new`, has `overwritten` what lay there, or is `stale`; the error when the service failed
 */
export async function conditionalPut(
  table: TableWriter,
  tableName: string,
  item: StoredItem,
  signal: AbortSignal,
): Promise<PutOutcome> {
  try {
    const { Attributes: before } = await table.putItem(putUnlessNewer(tableName, item), signal);
    return before === undefined ? 'new' : 'overwritten';
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'stale';
    return error instanceof Error ? error : new Error(String(error));
  }
}

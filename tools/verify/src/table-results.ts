import type { ServingTable } from '@ad-analytics/serving-table';
import type { Results } from './input';

/**
 * The results of a serving table, for the comparison with the expected results.
 * @param table to read completely
 */
export function tableResults(table: Pick<ServingTable, 'allStoredRecords'>): Results {
  async function* records(): AsyncGenerator<Uint8Array> {
    for await (const record of table.allStoredRecords()) yield Buffer.from(JSON.stringify(record));
  }
  return { records };
}

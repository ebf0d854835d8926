import type { ServingTable } from '@ad-analytics/serving-table';
import type { Results } from './input';

/**
 * The results of a serving table, to be compared with what the inputs lead to.
 * @param table to read, from its first item to its last
 */
export function tableResults(table: Pick<ServingTable, 'allStoredRecords'>): Results {
  async function* records(): AsyncGenerator<Uint8Array> {
    for await (const record of table.allStoredRecords()) yield Buffer.from(JSON.stringify(record));
  }
  return { records };
}

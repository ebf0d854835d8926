import type { ResultRecord } from '@ad-analytics/event-schemas';
import { ServingTable, type TableReader } from '@ad-analytics/serving-table';
import type { FakeTableWriter } from './fake-table-writer';

/** @returns the results that readers find in the table, by `record_id` */
export async function resultsIn(table: FakeTableWriter): Promise<Map<string, ResultRecord>> {
  const scan: TableReader['scan'] = async () => ({ $metadata: {}, Items: [...table.items.values()] });
  const found = new Map<string, ResultRecord>();
  for await (const record of new ServingTable({ scan } as TableReader).allRecords()) {
    expect(found.has(record.record_id)).toBe(false);
    found.set(record.record_id, record);
  }
  return found;
}

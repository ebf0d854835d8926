import { DuckDBInstance } from '@duckdb/node-api';
import type { ResultRecord } from '@ad-analytics/event-schemas';
import { keepWholeTexts } from '@ad-analytics/duckdb-client/whole-texts';

/** For tests: a database in memory, with the texts of results in the table `texts`. */
export async function testDatabase() {
  keepWholeTexts();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  return {
    connection,
    addTexts: async (records: readonly ResultRecord[]) => {
      await connection.run('CREATE TABLE texts (record VARCHAR)');
      for (const record of records) await connection.run('INSERT INTO texts VALUES ($1)', [JSON.stringify(record)]);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RECORD_TYPES, resultRecordSchema } from '@ad-analytics/event-schemas';
import { json as jq } from 'jq-wasm';
import { ICEBERG_UNIQUE_KEYS, icebergColumns, icebergRoutingJq } from './iceberg-table';

const FIXTURES = path.join(__dirname, '..', '..', 'event-schemas', 'fixtures');

/** @returns results with the fields of the contract, without fields that a newer producer adds */
function fixtures(type: string): Record<string, unknown>[] {
  const cases = JSON.parse(readFileSync(path.join(FIXTURES, `${type}.valid.json`), 'utf8')) as {
    event: Record<string, unknown>;
  }[];
  return cases.map(({ event }) => resultRecordSchema.parse(event) as unknown as Record<string, unknown>);
}

describe('the Iceberg table', () => {
  const names = icebergColumns().map(({ name }) => name);

  it('has a column for each top-level field of a result, because Firehose does not support others', () => {
    for (const type of RECORD_TYPES) {
      for (const event of fixtures(type)) expect(names).toEqual(expect.arrayContaining(Object.keys(event)));
    }
  });

  it('has its unique key among its columns, in every result', () => {
    expect(names).toEqual(expect.arrayContaining([...ICEBERG_UNIQUE_KEYS]));
    for (const type of RECORD_TYPES) {
      for (const event of fixtures(type))
        expect(Object.keys(event)).toEqual(expect.arrayContaining([...ICEBERG_UNIQUE_KEYS]));
    }
  });

  it('has names that Glue and Firehose accept unchanged', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z_]+$/);
  });

  it('treats every result as an update of the row with its key', async () => {
    const results = RECORD_TYPES.flatMap(fixtures);
    const routes = await jq(results as never, `map(${icebergRoutingJq('ad_analytics_dev_archive')})`);
    expect(routes).toEqual(
      results.map(() => ({
        destinationDatabaseName: 'ad_analytics_dev_archive',
        destinationTableName: 'results_once',
        operation: 'update',
      })),
    );
  });
});

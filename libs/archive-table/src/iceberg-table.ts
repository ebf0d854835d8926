import { PARTITION_COLUMNS } from './columns';
import { type GlueColumn, glueColumns, gluePartitionKeys } from './glue-table';

/** Name, in the same Glue database, of the table that has each result once. */
export const ICEBERG_TABLE_NAME = 'results_once';

/** What a row is replaced by: a result that comes again has the same. */
export const ICEBERG_UNIQUE_KEYS: readonly string[] = ['record_id'];

const [RECORD_TYPE] = PARTITION_COLUMNS;

/** @returns the columns: the fields of a result as it stands on the stream, whose type is a column here, not a folder */
export function icebergColumns(): GlueColumn[] {
  return [...gluePartitionKeys().filter(({ name }) => name === RECORD_TYPE.name), ...glueColumns()];
}

/**
 * @param database name of the Glue database
 * @returns where Firehose puts a record, and that it replaces the row with the same key, in jq. Without an operation it would insert each
 *   (https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-format-input-record.html)
 */
export function icebergRoutingJq(database: string): string {
  const route = { destinationDatabaseName: database, destinationTableName: ICEBERG_TABLE_NAME, operation: 'update' };
  return `{${Object.entries(route)
    .map(([name, value]) => `${name}:${JSON.stringify(value)}`)
    .join(',')}}`;
}

import { PARTITION_COLUMNS } from './columns';
import { type GlueColumn, glueColumns, gluePartitionKeys } from './glue-table';

/** Name, in the same Glue database, of the table that contains each result once. */
export const ICEBERG_TABLE_NAME = 'results_once';

/** The unique key: a result that is delivered again has the same key and replaces its row. */
export const ICEBERG_UNIQUE_KEYS: readonly string[] = ['record_id'];

const [RECORD_TYPE] = PARTITION_COLUMNS;

/** @returns the columns: the fields of a result on the stream; the record type is a column here, not a folder */
export function icebergColumns(): GlueColumn[] {
  return [...gluePartitionKeys().filter(({ name }) => name === RECORD_TYPE.name), ...glueColumns()];
}

/**
 * @param database name of the Glue database
 * @returns a jq expression with the destination of a record and the operation `update`, which replaces the row with the same key. Without
 * an operation, Firehose would insert every record
 *   (https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-format-input-record.html)
 */
export function icebergRoutingJq(database: string): string {
  const route = { destinationDatabaseName: database, destinationTableName: ICEBERG_TABLE_NAME, operation: 'update' };
  return `{${Object.entries(route)
    .map(([name, value]) => `${name}:${JSON.stringify(value)}`)
    .join(',')}}`;
}

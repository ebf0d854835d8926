import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { glueType, PARTITION_COLUMNS, tableColumns } from './columns';

/** Name of the table in the Glue database. */
export const TABLE_NAME = 'results';

/** A column in Glue. */
export interface GlueColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** Maximum length of a comment in Glue. */
const MAX_COMMENT_LENGTH = 255;

const comment = (text: string) =>
  text.length <= MAX_COMMENT_LENGTH ? text : `${text.slice(0, MAX_COMMENT_LENGTH - 3)}...`;

/** @returns the columns of the Parquet files */
export function glueColumns(): GlueColumn[] {
  return tableColumns().map((column) => ({
    name: column.name,
    type: glueType(column),
    comment: comment(column.description),
  }));
}

/** @returns the partition keys, in the order of the folders */
export function gluePartitionKeys(): GlueColumn[] {
  return PARTITION_COLUMNS.map(({ name, type, description }) => ({ name, type, comment: comment(description) }));
}

/** The classes that read and write the files. */
export const PARQUET_FORMAT = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
} as const;

/**
 * Partition projection: Athena computes the list of folders, so a crawler is not needed and a new day can be queried immediately. The
 * folders are in Hive's format below the table's location, so a template is not needed.
 * @param firstDay earliest event_date that queries see, such as 2026-01-01
 * @returns the table's properties
 */
export function glueTableParameters(firstDay: string): Record<string, string> {
  return {
    classification: 'parquet',
    'projection.enabled': 'true',
    'projection.record_type.type': 'enum',
    'projection.record_type.values': RECORD_TYPES.join(','),
    'projection.event_date.type': 'date',
    'projection.event_date.format': 'yyyy-MM-dd',
    // Around midnight, the time of an event can be on the day after its arrival.
    'projection.event_date.range': `${firstDay},NOW+1DAYS`,
    'projection.event_date.interval': '1',
    'projection.event_date.interval.unit': 'DAYS',
  };
}

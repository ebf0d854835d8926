export type { ColumnType } from './column-type';
export { ENVELOPE_COLUMNS, grain, PARTITION_COLUMNS, payloadColumns, tableColumns, viewColumns } from './columns';
export type { Column, StructColumn, TableColumn } from './columns';
export { QUERIES_FOLDER, VIEWS_FOLDER } from './folders';
export { glueColumns, gluePartitionKeys, glueTableParameters, PARQUET_FORMAT, TABLE_NAME } from './glue-table';
export type { GlueColumn } from './glue-table';
export { ICEBERG_TABLE_NAME, ICEBERG_UNIQUE_KEYS, icebergColumns, icebergRoutingJq } from './iceberg-table';
export {
  ERRORS_FOLDER,
  firehoseErrorPrefix,
  firehosePrefix,
  type Partition,
  PARTITION_JQ,
  partitionFolder,
  partitionOf,
  TABLE_FOLDER,
} from './partition';
export { type ArchiveQuery, archiveQueries } from './queries';
export { type GlueView, glueView, viewQuery } from './view';

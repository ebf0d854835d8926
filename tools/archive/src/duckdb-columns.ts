import type { RecordType } from '@ad-analytics/event-schemas';
import { type Column, type ColumnType, type TableColumn, tableColumns } from '@ad-analytics/archive-table';

/** The archive's types in DuckDB. */
const DUCKDB_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  'array<string>': 'VARCHAR[]',
};

/** The same types in the structure parameter of `from_json`. */
const STRUCTURE: Readonly<Record<ColumnType, unknown>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  'array<string>': ['VARCHAR'],
};

/** @returns the column's type in the syntax of DuckDB: `STRUCT(click_id VARCHAR, ...)` */
function duckdbType(column: TableColumn): string {
  if (!('fields' in column)) return DUCKDB_TYPES[column.type];
  return `STRUCT(${column.fields.map(({ name, type }) => `"${name}" ${DUCKDB_TYPES[type]}`).join(', ')})`;
}

const structure = (columns: readonly Column[]) =>
  Object.fromEntries(columns.map(({ name, type }) => [name, STRUCTURE[type]]));

/** @returns the structure of a record of this type for `from_json_strict`: the envelope and its payload */
export function recordStructure(recordType: RecordType): string {
  const columns = tableColumns().flatMap((column): [string, unknown][] => {
    if (!('fields' in column)) return [[column.name, STRUCTURE[column.type]]];
    return column.name === recordType ? [[column.name, structure(column.fields)]] : [];
  });
  return JSON.stringify(Object.fromEntries(columns));
}

/**
 * @param recordType of all records
 * @returns the select list that converts `record`, a struct of {@link recordStructure}, to a row of the archive: the structs of the other
 *   types are null
 */
export function archiveRow(recordType: RecordType): string {
  return tableColumns()
    .map((column) => {
      const empty = 'fields' in column && column.name !== recordType;
      return `${empty ? `CAST(NULL AS ${duckdbType(column)})` : `record.${column.name}`} AS ${column.name}`;
    })
    .join(', ');
}

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

/** The same where `from_json` reads what to make of a JSON text. */
const STRUCTURE: Readonly<Record<ColumnType, unknown>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  'array<string>': ['VARCHAR'],
};

/** @returns the column's type as DuckDB writes it: `STRUCT(click_id VARCHAR, ...)` */
function duckdbType(column: TableColumn): string {
  if (!('fields' in column)) return DUCKDB_TYPES[column.type];
  return `STRUCT(${column.fields.map(({ name, type }) => `"${name}" ${DUCKDB_TYPES[type]}`).join(', ')})`;
}

const structure = (columns: readonly Column[]) =>
  Object.fromEntries(columns.map(({ name, type }) => [name, STRUCTURE[type]]));

/** @returns for `from_json_strict` what is in a record of this type: the envelope and the one payload */
export function recordStructure(recordType: RecordType): string {
  const columns = tableColumns().flatMap((column): [string, unknown][] => {
    if (!('fields' in column)) return [[column.name, STRUCTURE[column.type]]];
    return column.name === recordType ? [[column.name, structure(column.fields)]] : [];
  });
  return JSON.stringify(Object.fromEntries(columns));
}

/**
 * @param recordType of all records
 * @returns the select list that makes a row of the archive of `record`, a struct of {@link recordStructure}: the structs of the
 *   other types are null
 */
export function archiveRow(recordType: RecordType): string {
  return tableColumns()
    .map((column) => {
      const empty = 'fields' in column && column.name !== recordType;
      return `${empty ? `CAST(NULL AS ${duckdbType(column)})` : `record.${column.name}`} AS ${column.name}`;
    })
    .join(', ');
}

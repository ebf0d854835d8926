import type { JsonSchema } from '@ad-analytics/event-schemas';

/** Types of the archive's columns, in the syntax of Glue and Hive. */
export type ColumnType = 'string' | 'int' | 'bigint' | 'double' | 'array<string>';

/** The same types in Trino, the engine of Athena. */
export const TRINO_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  double: 'double',
  'array<string>': 'array(varchar)',
};

/**
 * @param schema JSON Schema of one field of a result record
 * @param field its name, for the error
 * @returns the column type that represents each value exactly. Times stay text: Hive's Parquet timestamps (INT96) have no statistics for
 *   skipping row groups, and the contract's format sorts as text
 * @throws {Error} for a schema without a column type: add one here
 */
export function columnType(schema: JsonSchema, field: string): ColumnType {
  const types = [schema['type']].flat().filter((type) => type !== 'null');
  const [type] = types;
  if (types.length === 1) {
    if (type === 'string') return 'string';
    if (type === 'integer') return 'bigint';
    if (type === 'number') return Number.isInteger(schema['const']) ? 'int' : 'double';
    if (type === 'array' && columnType(schema['items'] as JsonSchema, field) === 'string') return 'array<string>';
  }
  throw new Error(`The archive does not have a column type for ${field}: ${JSON.stringify(schema)}`);
}

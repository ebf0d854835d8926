import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { recordStructure } from '@ad-analytics/archive/duckdb-columns';

/** @returns a structure for DuckDB's from_json with every field that a result of any type can have, as the warehouse and Iceberg store it */
export function resultStructure(): string {
  const structs = RECORD_TYPES.map((type) => JSON.parse(recordStructure(type)) as Record<string, unknown>);
  return JSON.stringify(Object.assign({ record_type: 'VARCHAR' }, ...structs));
}

/**
 * @returns a value as an SQL literal: integers as BIGINT, so that arithmetic on times cannot overflow; other numbers as DOUBLE, because
 *   DuckDB would read them as decimals
 */
export function sqlLiteral(value: number | string | boolean): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'boolean') return String(value);
  return `${value}::${Number.isInteger(value) ? 'BIGINT' : 'DOUBLE'}`;
}

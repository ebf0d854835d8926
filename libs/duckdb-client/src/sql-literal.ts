/**
 * @returns a value as SQL writes it: whole numbers as BIGINT, so that arithmetic on times cannot overflow, others as DOUBLE, which
 *   DuckDB would take for decimals otherwise
 */
export function sqlLiteral(value: number | string | boolean): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'boolean') return String(value);
  return `${value}::${Number.isInteger(value) ? 'BIGINT' : 'DOUBLE'}`;
}

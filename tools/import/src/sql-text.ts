import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';

/** @returns a name as SQL writes it */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** @returns a list of texts as DuckDB writes it */
export function sqlTexts(values: readonly string[]): string {
  return `[${values.map((value) => sqlLiteral(value)).join(', ')}]`;
}

/**
 * Splits SQL at its semicolons; those in texts, quoted names and comments do not count. Comments are left out.
 * @returns the statements that are not empty
 */
export function splitStatements(sql: string): string[] {
  const pieces = sql.match(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|;|[^-/'";]+|[\s\S]/g) ?? [];
  const statements = [''];
  for (const piece of pieces) {
    if (piece === ';') statements.push('');
    else if (piece.startsWith('--') || piece.startsWith('/*')) statements[statements.length - 1] += ' ';
    else statements[statements.length - 1] += piece;
  }
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== '');
}

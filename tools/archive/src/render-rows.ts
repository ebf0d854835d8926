import { printable } from '@ad-analytics/command-line/printable';
import type { Row } from './archive-reader';

const GAP = '  ';
/** Number of displayed digits of a rate or an amount; --json has all digits. */
const SIGNIFICANT_DIGITS = 6;

function cell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? value.toLocaleString('en-US')
      : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
  }
  return printable(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** @returns a table as lines; the names of the columns come first, and numbers are aligned to the right */
export function renderRows(rows: readonly Row[]): string[] {
  const [first] = rows;
  if (first === undefined) return ['(no rows)'];
  const columns = Object.keys(first).map((name) => {
    const cells = rows.map((row) => cell(row[name]));
    return {
      name,
      cells,
      width: Math.max(name.length, ...cells.map((text) => text.length)),
      right: rows.every((row) => row[name] === null || typeof row[name] === 'number'),
    };
  });
  const line = (text: (column: (typeof columns)[number]) => string) =>
    columns
      .map((column) => (column.right ? text(column).padStart(column.width) : text(column).padEnd(column.width)))
      .join(GAP)
      .trimEnd();
  return [line(({ name }) => name), ...rows.map((_row, index) => line(({ cells }) => cells[index] ?? ''))];
}

import { type Comparison, WORDS } from './compare-results';

/** @returns the comparison as lines: a row for each record type that there is, and examples */
export function printComparison({ types, malformed, examples }: Comparison): string[] {
  const kinds = Object.keys(WORDS) as (keyof typeof WORDS)[];
  const rows = [...types]
    .filter(([, agreement]) => kinds.some((kind) => agreement[kind] > 0))
    .map(([type, agreement]) => [type, ...kinds.map((kind) => agreement[kind].toLocaleString('en'))]);
  const table = [['record type', ...kinds.map((kind) => WORDS[kind])], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return [
    ...lines,
    ...(malformed.some((count) => count > 0)
      ? [`records that do not fit the contract: ${malformed[0]} in the first, ${malformed[1]} in the second`]
      : []),
    ...examples.map((example) => `  ${example}`),
  ];
}

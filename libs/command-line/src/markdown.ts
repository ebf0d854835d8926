/** @returns a table; the first column holds names, the others figures, but for those whose head is in `text` */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  text: readonly string[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((name, i) => (i === 0 || text.includes(name) ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** @returns code font */
export function code(text: string): string {
  return `\`${text}\``;
}

/** @returns a table; the first column contains names, the others figures, except those whose header is in `text` */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  text: readonly string[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((name, i) => (i === 0 || text.includes(name) ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** @returns the text in code font */
export function code(text: string): string {
  return `\`${text}\``;
}

/** @returns a row of a Markdown table */
export const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** @returns a Markdown table; Prettier aligns it */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
}

/** @returns names in the font of code */
export const code = (...names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/**
 * @param text of a Markdown file
 * @param marker name of a section, which is between the comments `marker` and `/marker`
 * @param content new content of the section
 * @returns the text with this content
 * @throws Error when a comment is missing
 */
export function withSection(text: string, marker: string, content: string): string {
  const [start, end] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before < 0 || after < before)
    throw new Error(
      `The section ${marker} of a Markdown file cannot be written: the comments ${start} and ${end} must mark it, in this order.`,
    );
  return `${text.slice(0, before)}${start}\n\n${content}\n\n${text.slice(after)}`;
}

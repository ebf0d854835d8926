/**
 * Controls (the terminal would obey them), ends of lines, marks of direction, U+FEFF and halves of surrogate pairs. Source of the marks:
 * Unicode Standard Annex 9, "Directional Formatting Characters".
 */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu;

/**
 * @param text from outside
 * @returns the text for a line on a terminal: what a terminal would obey, or what would reorder the line, as `\u202e`
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

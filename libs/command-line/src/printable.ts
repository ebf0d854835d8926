/**
 * Control characters (a terminal would interpret them), line breaks, direction marks, U+FEFF and unpaired surrogates. Source of the marks:
 * Unicode Standard Annex 9, "Directional Formatting Characters".
 */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu;

/**
 * @param text from outside
 * @returns the text for a line on a terminal; control characters and direction marks are escaped, such as `\u202e`
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

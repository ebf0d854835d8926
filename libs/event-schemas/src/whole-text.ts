/**
 * @param source a regular expression's source
 * @param flags its flags
 * @returns the expression that takes a text only as a whole, in JavaScript and in Java alike. `$` would not do: to Java it
 *   also stands before a line break at the end, and the job would accept what producers refuse
 */
export function wholeText(source: string, flags = ''): RegExp {
  return new RegExp(`^(?:${source})(?![\\s\\S])`, flags);
}

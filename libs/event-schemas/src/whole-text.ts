/**
 * @param source a regular expression's source
 * @param flags its flags
 * @returns an expression that matches only a whole text, in JavaScript and in Java. `$` is not enough: in Java it also
 *   matches before a line break at the end, and the job would accept records that producers reject
 */
export function wholeText(source: string, flags = ''): RegExp {
  return new RegExp(`^(?:${source})(?![\\s\\S])`, flags);
}

/** From the bytes of a record to its JSON value: strict UTF-8, JSON, and the limit of nesting. */

/** Maximum depth of nested objects and arrays, including the record itself. */
export const MAX_NESTING = 1_000;

/**
 * `fatal`: an overlong form, an encoded surrogate or a cut sequence is an error. A byte-order mark at the start is
 * removed.
 */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON value of a record, or what a reason must name: `JSON` (not valid JSON or not UTF-8) or `record` (nested too deep). */
export type ReadRecord = { readonly value: unknown } | { readonly problem: 'JSON' | 'record' };

/**
 * @param data bytes of one record from the stream
 * @returns its value; `problem` if the contract rejects the bytes,
 *   whatever the fields. A record that is nested too deep has the problem `record`, even if the rest of it is not JSON,
 *   because a reader may stop there
 */
export function readRecord(data: Uint8Array): ReadRecord {
  let text: string;
  try {
    text = utf8.decode(data);
  } catch {
    return { problem: 'JSON' };
  }
  if (nestsTooDeep(text)) return { problem: 'record' };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: 'JSON' };
  }
}

/**
 * @returns whether more than {@link MAX_NESTING} brackets are open at any position of the text, not counting brackets
 *   in strings
 */
function nestsTooDeep(text: string): boolean {
  if (text.length <= MAX_NESTING) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at++;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') {
      if (++depth > MAX_NESTING) return true;
    } else if (sign === '}' || sign === ']') depth--;
  }
  return false;
}

/** From the bytes of a record to its JSON value: strict UTF-8, JSON, and the limit of nesting. */

/** Greatest number of objects and arrays inside each other, the record itself included. */
export const MAX_NESTING = 1_000;

/** `fatal`: an overlong form, an encoded surrogate or a cut sequence is an error. A byte-order mark at the start is left out. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON value of a record, or what a reason must name: `JSON` (not valid JSON or not UTF-8) or `record` (nested too deep). */
export type ReadRecord = { readonly value: unknown } | { readonly problem: 'JSON' | 'record' };

/**
 * @param data bytes of one record as they came from the stream
 * @returns its value; `problem` where the contract refuses the bytes whatever fields they hold. A record that is nested too
 *   deep has the problem `record`, also where the rest of it is not JSON: a reader that stops there cannot know
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

/** @returns whether more than {@link MAX_NESTING} brackets are open at a place of the text, those in strings left out */
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

/** Looks for a user in a record that may not have the form of the contract: a rejected event, or a result that could not be archived. */
import { toJsonSchema } from '@ad-analytics/event-schemas';

const USER_FIELD = 'user_id';
/** Fields of events that never hold a user id: otherwise a user with the id `US` would match every record of that country. */
const OTHER_FIELDS: ReadonlySet<string> = new Set(
  (['impression', 'click'] as const)
    .flatMap((kind) => Object.keys(toJsonSchema(kind)['properties'] as object))
    .filter((name) => name !== USER_FIELD),
);
/** The text or number of a user id, also in JSON that is cut off, or that has the field twice. */
const USER_PROPERTY = new RegExp(`"${USER_FIELD}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|-?\\d[\\d.eE+-]*)`, 'g');
/** A character that can be part of an id. Next to a word, it means that the word is part of a longer id. */
const PART_OF_ID = /[\p{L}\p{N}_-]/u;

/**
 * @param bytes of the record; they may be cut off
 * @param userId id of the user
 * @returns whether the record names the user. In JSON: a text that equals the id in any field but the contract's other fields, or a number
 *   in `user_id`. In anything else: the id as a whole word, also with the escapes of JSON
 */
export function mentions(bytes: Uint8Array, userId: string): boolean {
  const text = Buffer.from(bytes).toString('utf8');
  if ([...text.matchAll(USER_PROPERTY)].some(([, value = '']) => unquoted(value) === userId)) return true;
  const parsed = parsedJson(text);
  if (parsed === undefined) return hasWord(text, userId) || hasWord(unescaped(text), userId);
  return hasText(parsed, userId);
}

/** @returns the text in quotes; a number as it is written, since JSON.parse would round a long one */
function unquoted(value: string): string | undefined {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return undefined;
  }
}

/** @returns the object or array; undefined for anything else */
function parsedJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Without recursion: a record may be nested deeper than the stack. */
function hasText(root: object, wanted: string): boolean {
  const left: unknown[] = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (value === wanted) return true;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, part] of Object.entries(value)) if (!OTHER_FIELDS.has(name)) left.push(part);
  }
  return false;
}

function unescaped(text: string): string {
  return text
    .replaceAll(/\\u([0-9a-fA-F]{4})/g, (_escape, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll(/\\(["\\/])/g, '$1');
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
    const after = [...text.slice(at + word.length, at + word.length + 2)][0] ?? '';
    if (!PART_OF_ID.test(before) && !PART_OF_ID.test(after)) return true;
  }
  return false;
}

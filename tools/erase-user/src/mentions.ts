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
/** The field of the user, also without a value that can be read. */
const USER_NAME = new RegExp(`"${USER_FIELD}"\\s*:`, 'g');
/**
 * The only values of a record that the job quotes in a reason: a word without quotes where JSON expects a value (flink: RecordReader). All other
 * words of a reason are those of the job, of the contract, or of a time.
 */
const QUOTED_TOKEN = /^not valid JSON: Unrecognized token '([^']*)'/;
/** A character that can be part of an id. Next to a word, it means that the word is part of a longer id. */
const PART_OF_ID = /[\p{L}\p{N}_-]/u;

/**
 * @param bytes of the record; they may be cut off
 * @param userId id of the user
 * @returns whether the record names the user. In JSON: a text that equals the id in any field but the contract's other fields, or a number
 *   in `user_id`. In anything else: the id as a whole word, also with the escapes of JSON, unless each `user_id` names another user
 */
export function mentions(bytes: Uint8Array, userId: string): boolean {
  const text = Buffer.from(bytes).toString('utf8');
  const named = namedUsers(text);
  if (named.includes(userId)) return true;
  const parsed = parsedJson(text);
  if (parsed !== undefined) return hasText(parsed, userId);
  if (namesOnly(named, text)) return false;
  return hasWord(text, userId) || hasWord(unescaped(text), userId);
}

/**
 * @param reason why the job rejected the record
 * @param bytes of the record; they may be cut off before the place that the reason quotes
 * @param userId id of the user
 * @returns whether the reason quotes the user, and the record does not name another user
 */
export function reasonMentions(reason: string, bytes: Uint8Array, userId: string): boolean {
  const [, token = ''] = QUOTED_TOKEN.exec(reason) ?? [];
  if (!hasWord(token, userId)) return false;
  const text = Buffer.from(bytes).toString('utf8');
  const named = namedUsers(text);
  return named.includes(userId) || !namesOnly(named, text);
}

/** @returns each text or number of the user's field; undefined for a text with a wrong escape */
function namedUsers(text: string): (string | undefined)[] {
  return [...text.matchAll(USER_PROPERTY)].map(([, value = '']) => unquoted(value));
}

/**
 * @param named users that the text names
 * @returns whether the text has the user's field, and each of them has a value that can be read. A field with escapes, or in a text inside the
 *   record, has no such value
 */
function namesOnly(named: readonly (string | undefined)[], text: string): boolean {
  const fields = unescaped(text).match(USER_NAME) ?? [];
  return named.length > 0 && named.length === fields.length && !named.includes(undefined);
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

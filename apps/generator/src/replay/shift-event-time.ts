import { formatEventTime, parseEventTime } from '@ad-analytics/event-schemas';

/** Strings and brackets of a JSON text, the only places where a field can begin or end. */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"|[{}[\]]/g;
const AFTER_KEY = /\s*:\s*/y;
const FIELD = 'event_time';

/** A line with a shifted time. */
export interface ShiftedLine {
  readonly line: Buffer;
  /** Whether the shifted time was after the latest allowed one, which was written instead. */
  readonly heldBack: boolean;
}

/** @returns the value of a JSON string literal; undefined if it is not one */
function unquoted(literal: string): string | undefined {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}

/**
 * @param text of a JSON object
 * @returns position of the value of the top-level `event_time`, not of one in a nested object. If the field is
 *   repeated, the last one counts, as for every reader in the project
 */
function eventTimeLiteral(text: string): { at: number; literal: string } | undefined {
  let depth = 0;
  let found: { at: number; literal: string } | undefined;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [word] = token;
    if (word === '{' || word === '[') depth += 1;
    else if (word === '}' || word === ']') depth -= 1;
    else if (depth === 1 && unquoted(word) === FIELD) {
      AFTER_KEY.lastIndex = TOKEN.lastIndex;
      if (!AFTER_KEY.test(text)) continue;
      const at = AFTER_KEY.lastIndex;
      TOKEN.lastIndex = at;
      if (text[at] !== '"') found = undefined;
      else found = { at, literal: TOKEN.exec(text)?.[0] ?? '' };
    }
  }
  return found;
}

/**
 * Shifts the event time of a recorded event; all other bytes stay the same.
 * @param line of JSONL, valid or not
 * @param byMs milliseconds
 * @param latest time that may be written, epoch milliseconds: a later one is replaced by this time
 * @returns the line; unchanged when it is not a JSON object or its own event time cannot be read or written in the contract's form
 */
export function shiftEventTime(line: Buffer, byMs: number, latest = Infinity): ShiftedLine {
  // Latin-1 maps bytes to characters one to one, so that bytes that are not UTF-8 do not change.
  const text = line.toString('latin1');
  const place = eventTimeLiteral(text);
  if (place === undefined) return { line, heldBack: false };
  let moved: number;
  let shifted: string;
  try {
    moved = parseEventTime(unquoted(place.literal) ?? '') + byMs;
    shifted = formatEventTime(Math.min(moved, Math.floor(latest)));
  } catch {
    return { line, heldBack: false };
  }
  const rest = text.slice(place.at + place.literal.length);
  const bytes = Buffer.from(`${text.slice(0, place.at)}"${shifted}"${rest}`, 'latin1');
  return { line: bytes, heldBack: moved > latest };
}

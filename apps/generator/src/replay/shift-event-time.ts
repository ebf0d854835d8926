import { formatEventTime, parseEventTime } from '@ad-analytics/event-schemas';

const EVENT_TIME = /"event_time"\s*:\s*"([^"\\]*)"/g;

/**
 * Moves the event time of a recorded event; every other byte stays as it is.
 * @param line of JSONL, valid or not
 * @param byMs milliseconds
 * @returns the line; unchanged when it has no event time, more than one place that looks like it, or one that cannot
 *   be read or written in the contract's form
 */
export function shiftEventTime(line: Buffer, byMs: number): Buffer {
  // Latin-1 maps bytes to characters one to one, so that what is no UTF-8 comes out as it went in.
  const text = line.toString('latin1');
  const matches = [...text.matchAll(EVENT_TIME)];
  const [match] = matches;
  if (match === undefined || matches.length > 1) return line;
  const written = match[1] as string;
  let shifted: string;
  try {
    shifted = formatEventTime(parseEventTime(written) + byMs);
  } catch {
    return line;
  }
  const at = match.index + match[0].length - 1 - written.length;
  return Buffer.from(`${text.slice(0, at)}${shifted}${text.slice(at + written.length)}`, 'latin1');
}

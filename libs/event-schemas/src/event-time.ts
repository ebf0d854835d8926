import { wholeText } from './whole-text';

/** Every time of the contract has this form and this length. */
const FORM = '2026-11-23T10:00:00.000Z';

/** A time without its year, as a regular expression. */
const AFTER_YEAR =
  '-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z';

/** Source of the regular expression of a time inside a longer text. */
export const EVENT_TIME_SOURCE = `[0-9]{4}${AFTER_YEAR}`;

/** ISO-8601 UTC with exactly three decimals. It does not check the length of a month; {@link namesRealTime} does. */
export const EVENT_TIME_PATTERN = wholeText(EVENT_TIME_SOURCE);

/** The same within the limits of an input event: 1970-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z. */
export const INPUT_TIME_PATTERN = wholeText(`(?:19[7-9][0-9]|[2-9][0-9]{3})${AFTER_YEAR}`);

/**
 * @param text a time of the form of {@link EVENT_TIME_PATTERN}
 * @returns false when its date does not exist (30 February). `Date` alone does not detect this: it reads that date as 2 March
 */
export function namesRealTime(text: string): boolean {
  const epochMs = Date.parse(text);
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString() === text;
}

/**
 * @param epochMs milliseconds since the epoch, a whole number within the years 0000 to 9999
 * @returns the contract's form of it, such as `2026-11-23T10:00:00.000Z`
 * @throws {RangeError} when the contract's form cannot express the time
 */
export function formatEventTime(epochMs: number): string {
  const text = Number.isInteger(epochMs) && Math.abs(epochMs) <= 8.64e15 ? new Date(epochMs).toISOString() : '';
  // Years outside 0000 to 9999 come out of toISOString with a sign and six digits.
  if (text.length !== FORM.length) {
    throw new RangeError(`${epochMs} is not a whole number of milliseconds since the epoch in the years 0000 to 9999`);
  }
  return text;
}

/**
 * @param text a time in the contract's form, such as `2026-11-23T10:00:00.000Z`
 * @returns milliseconds since the epoch
 * @throws {RangeError} when the text has another form or names a date that does not exist
 */
export function parseEventTime(text: string): number {
  if (!EVENT_TIME_PATTERN.test(text)) throw new RangeError(`'${text}' is not of the form ${FORM}`);
  if (!namesRealTime(text)) throw new RangeError(`'${text}' names a date that does not exist`);
  return Date.parse(text);
}

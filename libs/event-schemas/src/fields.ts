/** Types of field values. A schema adds the meaning of its field with `.describe`. */
import { z } from 'zod';
import { EVENT_TIME_PATTERN, INPUT_TIME_PATTERN, namesRealTime } from './event-time';
import { wholeText } from './whole-text';

/** Maximum length of an identifier, in Unicode code points as in JSON Schema, not in UTF-16 units. */
export const MAX_ID_LENGTH = 128;

/**
 * Excludes half of a surrogate pair: UTF-8 cannot encode one, so two identifiers that differ only there would become equal
 * in the job.
 */
const WELL_FORMED = wholeText('[^\\ud800-\\udfff]*', 'u');

const HALF_PAIR = 'must not contain half of a surrogate pair';

/** @returns whether the text has at most `limit` code points, without counting all of a huge one */
function atMostCodePoints(text: string, limit: number): boolean {
  if (text.length <= limit) return true;
  return text.length <= 2 * limit && [...text].length <= limit;
}

/** A non-empty string of at most {@link MAX_ID_LENGTH} characters. */
export const identifier = z
  .string()
  .min(1, 'must not be empty')
  .regex(WELL_FORMED, HALF_PAIR)
  .refine((text) => atMostCodePoints(text, MAX_ID_LENGTH), `must be at most ${MAX_ID_LENGTH} characters long`)
  // toJSONSchema omits refinements.
  .meta({ maxLength: MAX_ID_LENGTH });

/** Any text of well-formed Unicode. */
export const unicodeText = z.string().regex(WELL_FORMED, HALF_PAIR);

/** A time in the contract's form whose date exists. The JSON Schema contains only the form. */
export const time = z
  .string()
  .regex(EVENT_TIME_PATTERN, { error: 'must be of the form 2026-11-23T10:00:00.000Z', abort: true })
  .refine(namesRealTime, 'must name a date that exists');

/** The time of an input event: as {@link time}, from 1970 to 9999. */
export const inputTime = z
  .string()
  .regex(INPUT_TIME_PATTERN, {
    error: 'must be of the form 2026-11-23T10:00:00.000Z and from 1970 to 9999',
    abort: true,
  })
  .refine(namesRealTime, 'must name a date that exists');

/** Maximum cost of one impression, in millionths of a US dollar: 1,000 US dollars. A sum of 9 million of them is still exact. */
export const MAX_COST_MICROS = 1_000_000_000;

/** The cost of one impression in millionths of a US dollar. */
export const costMicros = z.int().min(0).max(MAX_COST_MICROS);

/** A whole number from 0 to 2^53-1, the range in which every JSON reader is exact. */
export const wholeNumber = z.int().min(0);

/** A rate, or null if the divisor is 0. */
export const ratio = z.number().min(0).nullable();

/** ISO 3166-1 alpha-2, checked by form only. The list of codes in use changes, and ad servers also send user-assigned codes
 *  (XK for Kosovo). A job must not reject a paid impression because its list is older than the producer's. */
export const countryCode = z
  .string()
  .regex(wholeText('[A-Z]{2}'), 'must be two upper-case letters (ISO 3166-1 alpha-2)');

/** The fields that identify the window of a result. */
export const windowFields = {
  window_start: time.describe('Start of the window, inclusive; ISO-8601 UTC with milliseconds.'),
  window_end: time.describe('End of the window, exclusive; ISO-8601 UTC with milliseconds.'),
};

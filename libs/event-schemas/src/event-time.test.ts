import fc from 'fast-check';
import { TIMES } from '../test/cases/values';
import { formatEventTime, parseEventTime } from './event-time';

const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

describe('formatEventTime', () => {
  it('writes ISO-8601 UTC with milliseconds', () => {
    expect(formatEventTime(0)).toBe('1970-01-01T00:00:00.000Z');
    expect(formatEventTime(1795428000123)).toBe('2026-11-23T10:00:00.123Z');
    expect(formatEventTime(FIRST)).toBe('0000-01-01T00:00:00.000Z');
    expect(formatEventTime(LAST)).toBe('9999-12-31T23:59:59.999Z');
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, FIRST - 1, LAST + 1, 1e300])('refuses %p', (epochMs) => {
    expect(() => formatEventTime(epochMs)).toThrow(RangeError);
  });

  it('is undone by parseEventTime', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: LAST }), (epochMs) => {
        expect(parseEventTime(formatEventTime(epochMs))).toBe(epochMs);
      }),
    );
  });
});

describe('parseEventTime', () => {
  it.each(Object.entries(TIMES.valid))('accepts %s', (_, text) => {
    expect(formatEventTime(parseEventTime(text))).toBe(text);
  });

  const wrongTexts = Object.entries(TIMES.invalid).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  it.each(wrongTexts)('rejects %s, and the error contains the text', (_, text) => {
    expect(() => parseEventTime(text)).toThrow(RangeError);
    expect(() => parseEventTime(text)).toThrow(`'${text}'`);
  });

  it('agrees with the calendar on every day number of every month', () => {
    for (const year of [1900, 2000, 2024, 2026]) {
      for (let month = 1; month <= 12; month++) {
        const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
        for (let day = 28; day <= 31; day++) {
          const text = `${year}-${String(month).padStart(2, '0')}-${day}T00:00:00.000Z`;
          if (day <= days) expect(parseEventTime(text)).toBe(Date.UTC(year, month - 1, day));
          else expect(() => parseEventTime(text)).toThrow('does not exist');
        }
      }
    }
  });
});

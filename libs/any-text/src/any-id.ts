import fc from 'fast-check';

/** The contract's limit, in code points. */
const MAX_CODE_POINTS = 128;

/** Texts that cause harm if they are interpreted as code. */
const HOSTILE = [
  '\u0000',
  '\u001b[31m',
  'a\r\nb\t\u2028\u2029',
  ' ',
  '\ufeff',
  '<img src=x onerror=alert(1)>&lt;"\'',
  '=HYPERLINK("http://x")',
  '@SUM(1)',
  "'; DROP TABLE results; --",
  '../../etc/passwd?a=b#c%00',
  '%s${x}{{y}}`z`$1',
  'a:b:c#d|e',
  '__proto__',
  'null',
  '1e999',
  'true',
  'e\u0301',
  'é',
];

/** Marks that change the direction of text, some of them unterminated. */
const BIDI_MARKS = ['\u202e', '\u202d', '\u202c', '\u2066', '\u2067', '\u2068', '\u2069', '\u200f', '\u061c', 'א', 'ع'];

/** A character of each plane of Unicode from 1 to 16. */
const PLANES = Array.from({ length: 16 }, (_, plane) => String.fromCodePoint((plane + 1) * 0x10000 + 0x61));

const codePoints = (text: string) => [...text].slice(0, MAX_CODE_POINTS).join('');

/**
 * Any identifier that the contract accepts: 1 to 128 code points of well-formed Unicode. Most are hostile or long: up to 512 bytes of
 * UTF-8.
 */
export const anyId = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .array(fc.constantFrom(...HOSTILE, ...BIDI_MARKS, 'a', '1'), { minLength: 1, maxLength: 12 })
    .map((parts) => codePoints(parts.join(''))),
  fc.constantFrom(...PLANES, '\uffff', '\u{10ffff}').map((character) => character.repeat(MAX_CODE_POINTS)),
  // `binary`: any code point except unpaired surrogates.
  fc.string({ unit: 'binary', minLength: 1, maxLength: MAX_CODE_POINTS, size: 'max' }),
);

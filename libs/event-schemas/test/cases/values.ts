/** Values at and beyond the edge of what a kind of field takes, by what they are. */

/** U+1D4D0: one character, two UTF-16 units, four bytes of UTF-8. */
const ASTRAL = '\u{1d4d0}';

/** Half of a surrogate pair in a text: no Unicode character. */
const HALF_PAIRS = {
  'half of a surrogate pair': 'a\ud835',
  'the other half': '\udcd0a',
  'halves in the wrong order': '\udcd0\ud835',
  'half of a surrogate pair before a whole one': `\ud835${ASTRAL}`,
};

/** A character of each plane of Unicode from 1 to 16, also those that have no character assigned. */
const PLANES = Array.from({ length: 16 }, (_, plane) => String.fromCodePoint((plane + 1) * 0x10000 + 0x61));

/** Texts that are harmless only where they are taken as text. */
const HOSTILE_TEXTS = {
  'a character of each plane': PLANES.join(''),
  'last characters of the planes': '\uffff\u{1fffe}\u{1ffff}\u{10fffe}\u{10ffff}',
  'control characters': '\u0000\u0001\u0007\u001b[31m\u007f\u0085\u009f',
  'separators of lines and fields': 'a\r\n\t\u2028\u2029\u001f,;|',
  markup: '<img src=x onerror=alert(1)>&lt;"\'',
  'formula with =': '=HYPERLINK("http://x")',
  'formula with +': '+1+1',
  'formula with -': '-1-1',
  'formula with @': '@SUM(1)',
  'right-to-left override': 'a\u202egnp.exe',
  'right-to-left letters and marks': '\u05d0\u05d1\u200f\u2067\u0627',
  'zero-width joiners': 'a\u200d\u200b\ufeffb',
  'combining marks': `e${'\u0301'.repeat(40)}`,
  'path and query': '../../etc/passwd?a=b#c%00',
  '%-signs and braces': '%s%n${x}{{y}}`z`',
};

export const IDENTIFIERS = {
  valid: {
    'one character': 'a',
    'one astral character': ASTRAL,
    '128 characters': 'x'.repeat(128),
    '128 astral characters': ASTRAL.repeat(128),
    '128 characters, one astral': 'x'.repeat(127) + ASTRAL,
    'other scripts and signs': '\u30ad\u30e3\u30f3\u30da\u30fc\u30f3 "\u00dcber" \\ / \u0000 \u007f',
    'a colon, as in record ids': 'a:b:c',
    'line break at the end': 'a\n',
    'white space only': ' ',
    '128 characters of the planes 1 to 16': PLANES.join('').repeat(8),
    '128 emoji': '\u{1f600}'.repeat(128),
    ...HOSTILE_TEXTS,
  },
  invalid: {
    empty: '',
    '129 characters': 'x'.repeat(129),
    '129 astral characters': ASTRAL.repeat(129),
    '129 characters, one astral': 'x'.repeat(128) + ASTRAL,
    ...HALF_PAIRS,
    null: null,
    number: 7,
    boolean: true,
    object: { id: 'a' },
    array: ['a'],
  },
};

export const TIMES = {
  valid: {
    'start of a millennium': '2000-01-01T00:00:00.000Z',
    'last millisecond of a day': '2026-06-30T23:59:59.999Z',
    'leap day': '2024-02-29T12:00:00.000Z',
    'leap day of a year divisible by 400': '2000-02-29T12:00:00.000Z',
    epoch: '1970-01-01T00:00:00.000Z',
    'last millisecond of the contract': '9999-12-31T23:59:59.999Z',
  },
  invalid: {
    empty: '',
    words: 'yesterday',
    'no milliseconds': '2026-11-23T10:00:00Z',
    'one decimal': '2026-11-23T10:00:00.0Z',
    microseconds: '2026-11-23T10:00:00.000000Z',
    'comma as the decimal sign': '2026-11-23T10:00:00,000Z',
    'no zone': '2026-11-23T10:00:00.000',
    'offset instead of Z': '2026-11-23T10:00:00.000+00:00',
    'other offset': '2026-11-23T11:00:00.000+01:00',
    'lower case': '2026-11-23t10:00:00.000z',
    'blank instead of T': '2026-11-23 10:00:00.000Z',
    'date only': '2026-11-23',
    'white space in front': ' 2026-11-23T10:00:00.000Z',
    'line break at the end': '2026-11-23T10:00:00.000Z\n',
    'digits of another script': '\u0662\u0660\u0662\u0666-11-23T10:00:00.000Z',
    'five-digit year': '12026-11-23T10:00:00.000Z',
    'month 13': '2026-13-01T10:00:00.000Z',
    'month 0': '2026-00-01T10:00:00.000Z',
    'day 0': '2026-01-00T10:00:00.000Z',
    'day 32': '2026-01-32T10:00:00.000Z',
    '30 February': '2026-02-30T10:00:00.000Z',
    '29 February of a common year': '2026-02-29T10:00:00.000Z',
    '29 February 1900': '1900-02-29T10:00:00.000Z',
    '31 November': '2026-11-31T10:00:00.000Z',
    'hour 24': '2026-11-23T24:00:00.000Z',
    'minute 60': '2026-11-23T10:60:00.000Z',
    'leap second': '2016-12-31T23:59:60.000Z',
    'epoch milliseconds': 1795428000000,
    null: null,
    object: {},
  },
};

/** Of the form of a time, but not within the limits of an input event. A window may start there, an event may not. */
export const TIMES_BEYOND_LIMITS = {
  'before the epoch': '1969-12-31T23:59:59.999Z',
  'year 1, the zero time of .NET and Go': '0001-01-01T00:00:00.000Z',
  'year 0': '0000-06-15T12:00:00.000Z',
};

export const DEVICES = {
  invalid: { unlisted: 'watch', 'upper case': 'MOBILE', empty: '', number: 1, array: ['mobile'] },
};

export const COUNTRIES = {
  valid: { Germany: 'DE', 'user-assigned code': 'XK', null: null },
  invalid: {
    'lower case': 'us',
    'mixed case': 'Us',
    'alpha-3': 'USA',
    'one letter': 'U',
    empty: '',
    digits: '12',
    'letters beyond A to Z': '\u00c4\u00d6',
    'line break at the end': 'US\n',
    name: 'Germany',
    number: 276,
    boolean: false,
  },
};

export const ADDRESSES = {
  valid: {
    v4: '192.0.2.1',
    'least v4': '0.0.0.0',
    'greatest v4': '255.255.255.255',
    'v6 in full': '2001:0db8:0000:0000:0000:ff00:0042:8329',
    'v6 compressed': '2001:db8::ff00:42:8329',
    'v6 upper case': '2001:DB8::FF00:42:8329',
    'v6 loopback': '::1',
    'v6 unspecified': '::',
    'v6 ending in ::': '2001:db8::',
    'v6 :: for one group': '1:2:3:4:5:6:7::',
    'v6 starting with :: for one group': '::2:3:4:5:6:7:8',
    'v4 in v6': '::ffff:192.0.2.1',
    'v4 in v6 in full': '0:0:0:0:0:ffff:192.0.2.1',
    null: null,
  },
  invalid: {
    empty: '',
    'v4 octet of 256': '192.0.2.256',
    'v4 of three octets': '192.0.2',
    'v4 of five octets': '192.0.2.1.1',
    'v4 octet with a leading zero': '192.0.02.1',
    'v4 with a port': '192.0.2.1:443',
    'v4 network': '192.0.2.0/24',
    'v4 with a line break': '192.0.2.1\n',
    'v6 of seven groups': '1:2:3:4:5:6:7',
    'v6 of nine groups': '1:2:3:4:5:6:7:8:9',
    'v6 with two ::': '1::2::3',
    'v6 with three colons': '1:::2',
    'v6 with a letter beyond f': '2001:db8::g',
    'v6 group of five digits': '2001:db8::12345',
    'v6 with a zone': 'fe80::1%eth0',
    'v6 in brackets': '[2001:db8::1]',
    'v4 in the middle of v6': '::192.0.2.1:1',
    'v4 octet of 256 in v6': '::ffff:192.0.2.256',
    'host name': 'localhost',
    number: 3221225985,
    object: {},
  },
};

export const USER_AGENTS = {
  valid: { empty: '', long: 'Mozilla/5.0 '.repeat(100), null: null, ...HOSTILE_TEXTS },
  invalid: { number: 5, array: ['Mozilla/5.0'], object: {}, ...HALF_PAIRS },
};

export const WHOLE_NUMBERS = {
  valid: { zero: 0, one: 1, 'beyond 32 bits': 4294967296, greatest: Number.MAX_SAFE_INTEGER },
  invalid: {
    negative: -1,
    fraction: 0.5,
    'beyond 2^53-1': 2 ** 53,
    'far beyond 64 bits': 1e30,
    text: '100',
    boolean: true,
    array: [1],
    object: {},
  },
};

/** Costs of one impression, in millionths of a US dollar. */
export const COSTS = {
  valid: { zero: 0, one: 1, greatest: 1_000_000_000 },
  invalid: {
    ...WHOLE_NUMBERS.invalid,
    'one beyond the greatest': 1_000_000_001,
    'a million times too much': 5e15,
    'greatest safe integer': Number.MAX_SAFE_INTEGER,
  },
};

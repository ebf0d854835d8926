import type { Choice } from '@ad-analytics/fault-proxy/choice';

/** Spellings of numbers, valid JSON or not, for a field of whole numbers. */
const NUMBERS = [
  ...[
    '0',
    '-0',
    '-0.0',
    '2500.0',
    '2.5e3',
    '25E+2',
    '1e9',
    '1E9',
    '1000000000',
    '1000000001',
    '1e10',
    '5e15',
    '1e400',
    '-1e400',
  ],
  ...['1e-400', '-1', '-1e-400', '0.5', '999999999.5', '2500.00000000000000000001', '1000000000.0000000000000001'],
  ...[
    '9007199254740993',
    '9223372036854775808',
    '18446744073709551616',
    '1e0000000000000000000001',
    '1e99999999999',
    '0e99999999999',
  ],
  ...[
    '9'.repeat(400),
    `0.${'0'.repeat(400)}1`,
    '+1',
    '01',
    '.5',
    '5.',
    '0x10',
    'Infinity',
    '-Infinity',
    'NaN',
    '1_000',
    '1,000',
    '\uff11',
  ],
  ...['"100"', 'true', '[1]', '{}', 'null', '""', '1e', '1e+', '--1', '1 2'],
];

/** Event times that are invalid or far from all others, as JSON text. */
const TIMES = [
  ...['1970-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z', '2099-01-01T00:00:00.000Z'],
  ...[
    '0001-01-01T00:00:00.000Z',
    '0000-06-15T12:00:00.000Z',
    '-0001-01-01T00:00:00.000Z',
    '+010000-01-01T00:00:00.000Z',
  ],
  ...['2024-02-30T10:00:00.000Z', '2023-02-29T10:00:00.000Z', '1900-02-29T10:00:00.000Z', '2000-02-29T10:00:00.000Z'],
  ...['2016-12-31T23:59:60.000Z', '2024-06-03T24:00:00.000Z', '2024-06-03T10:60:00.000Z', '2024-13-01T10:00:00.000Z'],
  ...[
    '2024-06-03T10:00:00Z',
    '2024-06-03T10:00:00.000000Z',
    '2024-06-03T12:00:00.000+02:00',
    '2024-06-03 10:00:00.000Z',
  ],
  ...[
    '2024-06-03t10:00:00.000z',
    ' 2024-06-03T10:00:00.000Z',
    '2024-06-03T10:00:00.000Z\\n',
    '2024-06-03T10:00:00,000Z',
  ],
  ...[
    '\u0662\u0660\u0662\u0664-06-03T10:00:00.000Z',
    '\uff12024-06-03T10:00:00.000Z',
    'now',
    '',
    '\\ud835',
    'T'.repeat(10_000),
  ],
]
  .map((time) => `"${time}"`)
  .concat(['0', '1717408800000', '1e15', 'null', '[]', '{}', 'true']);

/** Names of fields of the contract, and other names. */
const NAMES = [
  'user_id',
  'event_time',
  'impression_id',
  'cost_micros',
  'ip',
  'user_agent',
  '__proto__',
  'constructor',
  '',
  'x',
];

const deep = (levels: number, open: string, close: string, inner: string) =>
  open.repeat(levels) + inner + close.repeat(levels);
const LEVELS = [10, 997, 998, 999, 1_000, 1_001, 5_000];

/** @returns the JSON text of an object with these members appended */
export const withMembers = (json: string, members: string) => `${json.slice(0, -1)},${members}}`;

/** @returns the event with one of its fields again, in another spelling of the name or with another value; the last one counts */
export function repeatedName(json: string, choice: Choice): string {
  const name = choice.of(NAMES);
  const spelt = choice.oneIn(3)
    ? [...name].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
    : name;
  const value = choice.of([`"again-${choice.name()}"`, '7', 'null', '{"user_id":1}', '[]', '1e999', '""']);
  return choice.oneIn(2) ? withMembers(json, `"${spelt}":${value}`) : `{"${spelt}":${value},${json.slice(1)}`;
}

/** @returns the event with a deeply nested value: up to the accepted depth, one level more, or far more */
export function deeplyNested(json: string, choice: Choice): string {
  const levels = choice.of(LEVELS);
  const value = choice.of([
    deep(levels, '[', ']', ''),
    deep(levels, '{"a":', '}', '0'),
    deep(levels, '[[],{"x":"]"},', ']', '"\\"["'),
    '['.repeat(levels),
    `"${'['.repeat(levels)}"`,
    `${deep(levels, '[', ']', '')},"y":${deep(levels, '[', ']', '')}`,
  ]);
  return choice.oneIn(8) ? value : withMembers(json, `"x":${value}`);
}

/** @returns an ignored member of some shape */
export function ignoredMember(choice: Choice): string {
  const scalar = () =>
    choice.of([...NUMBERS.slice(0, 12), '"\\ud835"', '"\u{10ffff}"', 'true', 'false', 'null', '"\\u0000"', '"a\\nb"']);
  const value = (left: number): string => {
    if (left === 0 || choice.oneIn(3)) return scalar();
    const inner = Array.from({ length: choice.below(4) }, () => value(left - 1));
    return choice.oneIn(2)
      ? `[${inner.join(', ')}]`
      : `{${inner.map((each) => `"${choice.of(NAMES)}" :${each}`).join(',')}}`;
  };
  const name = choice.of([
    'x',
    'context',
    'user_id2',
    'USER_ID',
    'user_id\\u0000',
    'n'.repeat(60_000),
    '\\ud835',
    '\u{1f600}',
  ]);
  return `"${name}":${value(4)}`;
}

/** @returns the event with another number in a field that takes whole numbers */
export const wildNumber = (json: string, choice: Choice): string =>
  withMembers(json, `"${choice.of(['cost_micros', 'width', 'height'])}":${choice.of(NUMBERS)}`);

/** @returns the event with another time */
export const wildTime = (json: string, choice: Choice): string => withMembers(json, `"event_time":${choice.of(TIMES)}`);

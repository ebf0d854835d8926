/** Records around fields that a reader ignores, and spellings of JSON that mean the same. */
import { MAX_NESTING } from '../../src';
import type { Fields, InvalidCase, ValidCase } from './case';

/** @returns the record's JSON text with more members behind its own */
const withMembers = (base: Fields, members: string): string => `${JSON.stringify(base).slice(0, -1)},${members}}`;

/** @returns a value of so many arrays in each other */
const arrays = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number): string => '{"a":'.repeat(levels) + '0' + '}'.repeat(levels);

/** @returns records with an unknown field of each shape; all are valid */
export function ignoredFields(base: Fields): ValidCase[] {
  const long = 'n'.repeat(50_001);
  const members: Record<string, string> = {
    'arrays, 1,000 levels with the record': `"x":${arrays(MAX_NESTING - 1)}`,
    'objects, 1,000 levels with the record': `"x":${objects(MAX_NESTING - 1)}`,
    'two deep values beside each other': `"x":${arrays(MAX_NESTING - 1)},"y":${arrays(MAX_NESTING - 1)}`,
    'brackets inside a string': `"x":"${'['.repeat(MAX_NESTING + 1)}\\"{"`,
    'whole number of 1,001 digits': `"x":${'9'.repeat(1_001)}`,
    'fraction of 1,001 digits': `"x":0.${'1'.repeat(1_001)}`,
    'exponent of 1,001 digits': `"x":1e${'9'.repeat(1_001)}`,
    'name of 50,001 characters': `"${long}":1`,
    'name of 50,001 characters, nested': `"x":{"${long}":{}}`,
    'empty name': '"":1',
    'one name twice': '"x":1,"x":"2"',
    'names of known fields, nested': `"x":{"user_id":7,"event_time":"yesterday","impression_id":null}`,
    'names of known fields in an array': '"x":[{"user_id":7},{"event_time":{}}]',
    'names of JavaScript objects': '"__proto__":{"user_id":7},"constructor":1,"toString":null',
    'name that begins like a known field': '"user_id2":7,"user_i":7,"user_id\\u0000":7',
    'escaped backslash before u and a letter': '"x":"\\\\u004\u0131"',
    'half of a surrogate pair in a value': '"x":"\\ud835"',
    'half of a surrogate pair in a name': '"\\udcd0":1',
    'names and values of every plane': '"\u{1f600}\u{10ffff}":"\u{2ffff}\u{e0001}"',
  };
  return Object.entries(members).map(([name, text]) => ({
    name: `ignored field: ${name}`,
    event: base,
    raw: withMembers(base, text),
  }));
}

/** @returns records that are valid in a spelling that JSON.stringify does not write */
export function spelledOtherwise(base: Fields): ValidCase[] {
  const json = JSON.stringify(base);
  const escaped = json.replaceAll(/[a-z]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    { name: 'spelling: every letter escaped, in names too', event: base, raw: escaped },
    {
      name: 'spelling: white space',
      event: base,
      raw: ` \r\n\t${json.replaceAll(/([{}:,])(?=["}])/g, ' $1\n\t ')}\n\n`,
    },
    {
      name: 'spelling: solidus and capitals in escapes',
      event: { ...base, user_id: '/\u00ff' },
      raw: JSON.stringify({ ...base, user_id: '@' }).replace('"@"', '"\\/\\u00FF"'),
    },
    {
      name: 'spelling: surrogate pair as two escapes',
      event: { ...base, user_id: '\u{1d4d0}' },
      raw: JSON.stringify({ ...base, user_id: '@' }).replace('"@"', '"\\uD835\\udcd0"'),
    },
    {
      name: 'a known field twice: the last counts',
      event: { ...base, user_id: 'last' },
      raw: withMembers({ ...base, user_id: 7 }, '"user_id":"last"'),
    },
    {
      name: 'a known field twice, the last one null',
      event: { ...base, ip: null },
      raw: withMembers({ ...base, ip: 'nowhere' }, '"ip":null'),
    },
    { name: 'byte-order mark', event: base, raw: `\ufeff${json}` },
  ];
}

/** @returns records that are nested one level deeper than the contract takes */
export function deepRecords(base: Fields): InvalidCase[] {
  const values: Record<string, string> = {
    'arrays, 1,001 levels with the record': arrays(MAX_NESTING),
    'objects, 1,001 levels with the record': objects(MAX_NESTING),
    'arrays, 100,000 levels': arrays(100_000),
  };
  return Object.entries(values).map(([name, value]) => ({
    name: `nested too deep: ${name}`,
    field: 'record',
    raw: withMembers(base, `"x":${value}`),
  }));
}

/** @returns records whose fault is easy to overlook for a reader that skips what it does not know */
export function hiddenFaults(base: Fields): InvalidCase[] {
  const json = JSON.stringify(base);
  const broken: Record<string, string> = {
    'bad literal in an ignored field': '"x":[tru]',
    'bad number in an ignored field': '"x":{"y":1.}',
    'bad escape in an ignored field': '"x":"\\q"',
    'control character in an ignored field': '"x":"\u0001"',
    'bracket of the wrong kind in an ignored field': '"x":[}',
    'missing colon in an ignored field': '"x":{"y" 1}',
    'trailing comma in an ignored field': '"x":[1,]',
    'name without quotes in an ignored field': '"x":{y:1}',
  };
  return [
    ...Object.entries(broken).map(([name, text]) => ({
      name: `not JSON: ${name}`,
      field: 'JSON',
      raw: withMembers(base, text),
    })),
    {
      name: 'a known field twice: the last one is wrong',
      field: 'user_id',
      raw: withMembers(base, '"user_id":7'),
    },
    { name: 'a known field twice: the last one null', field: 'user_id', raw: withMembers(base, '"user_id":null') },
    { name: 'not JSON: two byte-order marks', field: 'JSON', raw: `\ufeff\ufeff${json}` },
    { name: 'array, and a fault behind it', field: 'JSON', raw: `[${json}` },
  ];
}

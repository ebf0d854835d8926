import type { Fields, InvalidCase } from './case';
import { invalid } from './case';

/** Bytes that are not well-formed UTF-8, by Table 3-7 of the Unicode standard. */
const ILL_FORMED: Readonly<Record<string, readonly number[]>> = {
  'overlong form of two bytes': [0xc0, 0xaf],
  'overlong form of two bytes, of a letter': [0xc1, 0xa1],
  'overlong form of three bytes': [0xe0, 0x80, 0xaf],
  'overlong form of four bytes': [0xf0, 0x80, 0x80, 0xaf],
  'encoded surrogate': [0xed, 0xa0, 0xb5],
  'encoded surrogate pair (CESU-8)': [0xed, 0xa0, 0xb5, 0xed, 0xb3, 0x90],
  'character beyond U+10FFFF': [0xf4, 0x90, 0x80, 0x80],
  'lead byte of five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80],
  'byte 0xFF': [0xff],
  'continuation byte alone': [0x80],
  'cut sequence of two bytes': [0xc3],
  'cut sequence of three bytes': [0xe2, 0x82],
  'cut sequence of four bytes': [0xf0, 0x9f, 0x98],
};

/** @returns records that are not a JSON object, made from one that is valid */
export function notAnObject(base: Fields): InvalidCase[] {
  const json = JSON.stringify(base);
  const notJson: Record<string, string> = {
    'empty record': '',
    'white space only': ' \n\t',
    'plain text': 'hello',
    'cut off': json.slice(0, -20),
    'trailing garbage': `${json} garbage`,
    'trailing bracket': `${json}}`,
    'two events in one record': `${json}\n${json}`,
    'trailing comma': `${json.slice(0, -1)},}`,
    'single quotes': json.replaceAll('"', "'"),
    comment: `/* event */ ${json}`,
    NaN: `${json.slice(0, -1)},"cost_micros":NaN}`,
    'number with a leading zero': `${json.slice(0, -1)},"cost_micros":012}`,
    'line break inside a string': `${json.slice(0, -1)},"user_agent":"a\nb"}`,
    'unfinished escape': `${json.slice(0, -1)},"user_agent":"\\u12"}`,
    // Some libraries look at the lower byte of a digit only: that of U+0131 is '1', that of the first half of U+1C561 too.
    'escape with a digit that is not ASCII': `${json.slice(0, -1)},"user_agent":"\\u004\u0131"}`,
    'escape with a digit beyond the first plane': `${json.slice(0, -1)},"user_agent":"\\u00f\u{1c561}"}`,
    'escape with a digit that is not ASCII, in an ignored field': `${json.slice(0, -1)},"x":"\\\\\\u\u01310041"}`,
    'escape with a digit that is not ASCII, in a name': `${json.slice(0, -1)},"\\u004\u0131":0}`,
  };
  const around = (member: string, bytes: readonly number[]): Buffer =>
    Buffer.concat([Buffer.from(`${json.slice(0, -1)},${member}`), Buffer.from(bytes), Buffer.from('"}')]);
  const bytes: Record<string, Buffer> = {
    gzip: Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00]),
    'not UTF-8 inside a string': Buffer.concat([
      Buffer.from(`${json.slice(0, -1)},"user_agent":"`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]),
    'Latin-1 inside a string': Buffer.from(`${json.slice(0, -1)},"user_agent":"caf\u00e9"}`, 'latin1'),
    'UTF-16': Buffer.from(json, 'utf16le'),
    ...Object.fromEntries(
      Object.entries(ILL_FORMED).map(([name, bytes]) => [`${name} in an ignored field`, around('"x":"', bytes)]),
    ),
    ...Object.fromEntries(
      Object.entries(ILL_FORMED).map(([name, bytes]) => [`${name} in a known field`, around('"user_id":"', bytes)]),
    ),
    'overlong form in a name': around('"x\u0022:1,"', [0xc0, 0xa2]),
    'zero byte in front': Buffer.from(`\u0000${json}`),
    'cut sequence at the end': Buffer.concat([Buffer.from(json), Buffer.from([0xf0, 0x9f, 0x98])]),
  };
  return [
    ...Object.entries(notJson).map(([name, raw]) => ({ name: `not JSON: ${name}`, field: 'JSON', raw })),
    ...Object.entries(bytes).map(([name, data]) => ({
      name: `not JSON: ${name}`,
      field: 'JSON',
      raw_base64: data.toString('base64'),
    })),
    invalid('array of events', 'record', [base]),
    invalid('empty array', 'record', []),
    invalid('JSON inside a string', 'record', json),
    invalid('null', 'record', null),
    invalid('number', 'record', 42),
    invalid('boolean', 'record', true),
  ];
}

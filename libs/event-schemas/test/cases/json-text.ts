import type { Fields, InvalidCase } from './case';
import { invalid } from './case';

/** @returns records that are no JSON object at all, made from one that is valid */
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
  };
  const bytes: Record<string, Buffer> = {
    gzip: Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00]),
    'not UTF-8 inside a string': Buffer.concat([
      Buffer.from(`${json.slice(0, -1)},"user_agent":"`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]),
    'Latin-1 inside a string': Buffer.from(`${json.slice(0, -1)},"user_agent":"caf\u00e9"}`, 'latin1'),
    'UTF-16': Buffer.from(json, 'utf16le'),
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

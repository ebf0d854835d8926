import type { Choice } from '@ad-analytics/fault-proxy/choice';

/** Bytes and sequences that mean something in JSON or UTF-8, or are not well-formed. */
const PIECES: readonly Buffer[] = [
  ...[
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\u0000',
    '\n',
    '\r',
    ' ',
    '-',
    '0',
    'e',
    'null',
    'true',
    '\\u',
    '\\ud835',
    '\\u0000',
  ],
  ...[
    '\ufeff',
    '\u2028',
    '\u{1f600}',
    '\u202e',
    '\u00e9',
    'NaN',
    '//',
    '/**/',
    "'",
    '1e999',
    '-0',
    ',,',
    '"":',
    '"a":1,',
  ],
].map((text) => Buffer.from(text));
/** Ill-formed UTF-8, by Table 3-7 of the Unicode standard. */
export const ILL_FORMED: readonly Buffer[] = [
  [0xc0, 0xaf],
  [0xc1, 0xa1],
  [0xe0, 0x80, 0xaf],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xed, 0xa0, 0xb5],
  [0xed, 0xa0, 0xb5, 0xed, 0xb3, 0x90],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xff],
  [0x80],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
].map((bytes) => Buffer.from(bytes));

type Mutation = (data: Buffer, choice: Choice) => Buffer;

/** @returns the bytes with a part of them replaced */
function replaced(data: Buffer, at: number, length: number, by: Uint8Array): Buffer {
  return Buffer.concat([data.subarray(0, at), by, data.subarray(at + length)]);
}

const MUTATIONS: readonly Mutation[] = [
  function flipBit(data, choice) {
    const at = choice.below(data.length);
    return replaced(data, at, 1, Buffer.from([(data[at] ?? 0) ^ (1 << choice.below(8))]));
  },
  (data, choice) => replaced(data, choice.below(data.length), 1, Buffer.from([choice.below(256)])),
  (data, choice) => replaced(data, choice.below(data.length), 0, choice.of(PIECES)),
  (data, choice) => replaced(data, choice.below(data.length), 1, choice.of(PIECES)),
  (data, choice) => replaced(data, choice.below(data.length), 0, choice.of(ILL_FORMED)),
  function removeSlice(data, choice) {
    return replaced(data, choice.below(data.length), 1 + choice.below(8), Buffer.alloc(0));
  },
  function repeatSlice(data, choice) {
    const at = choice.below(data.length);
    return replaced(data, at, 0, data.subarray(at, at + 1 + choice.below(40)));
  },
  function cutOff(data, choice) {
    return data.subarray(0, choice.below(data.length));
  },
  function swapHalves(data, choice) {
    const at = choice.below(data.length);
    return Buffer.concat([data.subarray(at), data.subarray(0, at)]);
  },
];

/** @returns the bytes after one to three random changes; they may still be a valid event */
export function mutateBytes(data: Buffer, choice: Choice): Buffer {
  let changed = data;
  for (let count = 1 + choice.below(3); count > 0 && changed.length > 0; count -= 1) {
    changed = choice.of(MUTATIONS)(changed, choice);
  }
  return changed;
}

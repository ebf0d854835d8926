import fc from 'fast-check';
import { anyText } from '@ad-analytics/any-text';
import { printable } from './printable';

it.each([
  ['campaign-1', 'campaign-1'],
  ['\u{1f600} é 用户 =1+1', '\u{1f600} é 用户 =1+1'],
  ['a\u001b[31m\r\nb', 'a\\u001b[31m\\u000d\\u000ab'],
  ['\u202egnp.exe\u2069', '\\u202egnp.exe\\u2069'],
  ['\ufeffa\u0085', '\\ufeffa\\u0085'],
  ['a\ud83d', 'a\\ud83d'],
])('makes %j safe to print', (text, expected) => expect(printable(text)).toBe(expected));

it('removes all control characters and direction marks from any text, and is idempotent', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const printed = printable(text);
      expect(printed).toMatch(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u);
      expect(printable(printed)).toBe(printed);
    }),
  );
});

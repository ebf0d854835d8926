import { isIP } from 'node:net';
import fc from 'fast-check';
import { IP_ADDRESS_PATTERN } from './ip-address';

/** Node's own check, which also accepts a zone. */
const isAddress = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');

/** Texts of valid characters, most of which are almost an address. */
const nearAddress = fc
  .array(
    fc.constantFrom(':', '::', '.', '1.2.3.4', 'ffff', '0', '256', '00001', 'g', '%', '\n', ...'123456789abcdefA'),
    {
      maxLength: 18,
    },
  )
  .map((parts) => parts.join(''));

describe('IP_ADDRESS_PATTERN', () => {
  it('accepts every v4 and v6 address that fast-check generates', () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => IP_ADDRESS_PATTERN.test(text)));
  });

  it('agrees with node:net on texts near an address', () => {
    fc.assert(
      fc.property(nearAddress, (text) => {
        expect(IP_ADDRESS_PATTERN.test(text)).toBe(isAddress(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees with node:net on addresses with one character changed', () => {
    const changed = fc
      .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(), fc.constantFrom('', ':', '.', 'a', '9', ' '))
      .map(([text, at, sign]) => text.slice(0, at % text.length) + sign + text.slice((at % text.length) + 1));
    fc.assert(
      fc.property(changed, (text) => {
        expect(IP_ADDRESS_PATTERN.test(text)).toBe(isAddress(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees with node:net for every position of ::', () => {
    for (let before = 0; before <= 8; before++) {
      for (let after = 0; after <= 8; after++) {
        for (const tail of ['', '192.0.2.1']) {
          const groups = [...Array<string>(after).fill('1'), ...(tail === '' ? [] : [tail])];
          const text = `${Array<string>(before).fill('1').join(':')}::${groups.join(':')}`;
          expect([text, IP_ADDRESS_PATTERN.test(text)]).toEqual([text, isAddress(text)]);
        }
      }
    }
  });
});

import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { addressNetwork, addressSuffix, userPseudonym } from './pseudonyms';

const KEY = Buffer.from('k23456789012345678901234567890ab');

it('computes what openssl says', () => {
  // printf user:u1 | openssl dgst -sha256 -hmac k23456789012345678901234567890ab
  expect(userPseudonym('u1', KEY)).toBe('5d1b97bfd47db4ce778bf516e2463532');
  expect(addressSuffix('203.0.113.7', KEY)).toBe('e16cd0a2b5f3b1ba');
});

it.each([
  ['203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:1:2::3', '2001:db8:1::/48'],
  ['2001:DB8:0001:0002:0:0:0:3', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8::/48'],
  ['0:0:1::5', '0:0:1::/48'],
  ['::', '::/48'],
  ['fe80::203.0.113.7', 'fe80::/48'],
  ['::ffff:203.0.113.7', '203.0.113.0/24'],
  ['::FFFF:cb00:7107', '203.0.113.0/24'],
  ['2002:cb00:7107::1', '203.0.113.0/24'],
  ['2002:CB00:7107:1:2:3:4:5', '203.0.113.0/24'],
  ['2002::', '0.0.0.0/24'],
  ['64:ff9b::203.0.113.7', '64:ff9b::/48'],
  ['', 'unknown'],
  ['203.0.113', 'unknown'],
  ['203.0.113.256', 'unknown'],
  ['203.0.113.0/24', 'unknown'],
  ['fe80::1%eth0', 'unknown'],
  ['1:2:3:4:5:6:7::8', 'unknown'],
  ['1::2::3', 'unknown'],
])('cuts %s to %s', (address, network) => expect(addressNetwork(address)).toBe(network));

it('cuts any address of v6 as the URL standard spells its network', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      fc.pre(isIPv6(address));
      const spelled = new URL(`http://[${address}]`).hostname;
      fc.pre(!spelled.startsWith('[::ffff:') && !spelled.startsWith('[2002:'));
      const network = addressNetwork(address).replace('/48', '');
      expect(addressNetwork(network)).toBe(`${network}/48`);
      // The URL standard spells an address in one way.
      expect(new URL(`http://[${network}]`).hostname).toBe(`[${network}]`);
      expect(addressNetwork(spelled.slice(1, -1))).toBe(`${network}/48`);
    }),
  );
});

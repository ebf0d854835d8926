import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';

const USER_DIGITS = 32;
const ADDRESS_DIGITS = 16;
/** For a text that is not an address. The contract does not allow one. */
const UNKNOWN = 'unknown';
/** The parts of an address of v6 that its network has. */
const NETWORK_GROUPS = 3;
/** RFC 3056: the next two groups are an address of v4. */
const PREFIX_OF_6TO4 = 0x2002;

/**
 * @param userId as the events have it
 * @param key bytes of the key
 * @returns what results have instead with `privacy.user.ids=hmac` (docs/adr/0017)
 */
export const userPseudonym = (userId: string, key: Uint8Array): string => digits(`user:${userId}`, key, USER_DIGITS);

/**
 * @param address as the event has it
 * @param key bytes of the key
 * @returns what the `record_id` of an alert has after the network with `privacy.addresses=cut`
 */
export const addressSuffix = (address: string, key: Uint8Array): string =>
  digits(`address:${address}`, key, ADDRESS_DIGITS);

const digits = (text: string, key: Uint8Array, count: number) =>
  createHmac('sha256', key).update(text, 'utf8').digest('hex').slice(0, count);

/**
 * @param address of v4 or v6, in any spelling of the contract
 * @returns its network, as results have it with `privacy.addresses=cut`: 24 bits of v4, also of a v4 address mapped into v6 or of 6to4; 48 bits of v6;
 * `unknown` for another text
 */
export function addressNetwork(address: string): string {
  if (isIP(address) === 0 || address.includes('%')) return UNKNOWN;
  if (!address.includes(':')) return networkOfV4(address.split('.').map(Number));
  const groups = groupsOfV6(address);
  if (groups.slice(0, 6).join() === '0,0,0,0,0,65535') return networkOfGroups(groups.slice(6));
  if (groups[0] === PREFIX_OF_6TO4) return networkOfGroups(groups.slice(1));
  const network = groups.slice(0, NETWORK_GROUPS);
  while (network.at(-1) === 0) network.pop();
  return `${network.map((group) => group.toString(16)).join(':')}::/48`;
}

const networkOfV4 = ([a, b, c]: readonly number[]) => `${a}.${b}.${c}.0/24`;

/** @param groups of v6, which begin with an address of v4 */
const networkOfGroups = ([high = 0, low = 0]: readonly number[]) => networkOfV4([high >> 8, high & 255, low >> 8]);

/** @returns the eight groups of an address */
function groupsOfV6(address: string): number[] {
  const [before = '', after] = address.split('::').map(groupsOf);
  if (after === undefined) return [...before] as number[];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after] as number[];
}

/** @returns the groups of a part of an address; a v4 address at its end is two */
function groupsOf(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((word) => {
    if (!word.includes('.')) return [parseInt(word, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = word.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

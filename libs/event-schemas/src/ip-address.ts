import { wholeText } from './whole-text';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const V4 = `(?:${OCTET}\\.){3}${OCTET}`;
const GROUP = '[0-9a-fA-F]{1,4}';
/** The last 32 bits of a v6 address, which dual-stack sockets write as a v4 address (`::ffff:192.0.2.1`). */
const TAIL = `(?:${GROUP}:${GROUP}|${V4})`;

/** @returns the part of a v6 address before `::`, of at most `groups` groups and possibly empty */
const head = (groups: number): string => `(?:(?:${GROUP}:){0,${groups - 1}}${GROUP})?`;

/** `IPv6address` of RFC 3986, appendix A: one alternative for each number of groups that `::` can stand for. */
const V6 = [
  `(?:${GROUP}:){6}${TAIL}`,
  `::(?:${GROUP}:){5}${TAIL}`,
  `${head(1)}::(?:${GROUP}:){4}${TAIL}`,
  `${head(2)}::(?:${GROUP}:){3}${TAIL}`,
  `${head(3)}::(?:${GROUP}:){2}${TAIL}`,
  `${head(4)}::${GROUP}:${TAIL}`,
  `${head(5)}::${TAIL}`,
  `${head(6)}::${GROUP}`,
  `${head(7)}::`,
];

/**
 * A v4 or v6 address as text, without zone and without prefix length. zod's pattern for v6 does not accept an embedded v4
 * address, and validators interpret a `format` in the JSON Schema differently. Java uses this pattern unchanged.
 */
export const IP_ADDRESS_PATTERN = wholeText([V4, ...V6].join('|'));

import { pickPopular, ZipfChoice } from './popularity';
import { RandomStream } from './random-stream';
import { BROWSERS, type BrowsingDevice, PHONE_APPS } from './user-agents';

/** A visitor who sees and clicks ads, with the fields of the events. */
export interface Visitor {
  readonly userId: string;
  readonly ip: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly deviceType: BrowsingDevice;
  readonly userAgent: string;
}

/** Persons behind one address. */
const HOUSEHOLD_SIZE = 3;
const IPV6_SHARE = 0.25;
/**
 * Share of phone users who see ads in an app that the list of crawlers contains. This is an assumption: some in every run, but few
 * compared with browsers.
 */
const PHONE_APP_SHARE = 0.05;
/** A low exponent: with the classic law, the most active person would see hundreds of ads a minute. */
const ACTIVITY_EXPONENT = 0.4;
const COUNTRIES = ['US', 'GB', 'DE', 'JP', 'FR', 'BR', 'IN', 'CA', 'AU', 'ES', 'IT', 'NL', 'SE', 'PL', 'MX', 'KR'];
/** Addresses are from 10.0.0.0/8, which is a private range. */
const ADDRESSES = 2 ** 24;
/** Reserved for the actors of the scenarios. */
const RESERVED_ADDRESSES = 2 ** 21;
/** With more users, there would be more households than addresses. */
export const MAX_USERS = (ADDRESSES - RESERVED_ADDRESSES) * HOUSEHOLD_SIZE;

/** Multiplication by an odd factor is a permutation of the numbers below a power of two; it makes adjacent numbers look unrelated. */
const SCATTER = 0x9e3779b1;

function ipv4(index: number): string {
  const host = (Math.imul(index, SCATTER) >>> 0) % ADDRESSES;
  return `10.${host >>> 16}.${(host >>> 8) & 255}.${host & 255}`;
}

/** An address of 2001:db8::/32, which is reserved for examples (RFC 3849). */
function ipv6(index: number): string {
  const net = Math.imul(index, SCATTER) >>> 0;
  return `2001:db8:${(net >>> 16).toString(16)}:${(net & 0xffff).toString(16)}::1`;
}

/**
 * @param random stream of this person
 * @param browser user agent of the person's browser
 * @returns the user agent of a person's phone: sometimes that of an app, otherwise that of the browser
 */
export function phoneUserAgent(random: RandomStream, browser: string): string {
  return random.chance(PHONE_APP_SHARE) ? random.pick(PHONE_APPS) : browser;
}

/**
 * The visitors. Each is a pure function of the seed and a number, so that millions of visitors do not need memory. Households of three
 * share an address and a country; each visitor has one device.
 */
export class Population {
  private readonly persons: RandomStream;
  private readonly households: RandomStream;
  private readonly phoneApps: RandomStream;
  private readonly countries = new ZipfChoice(COUNTRIES, 1);
  private readonly devices = new ZipfChoice<BrowsingDevice>(['mobile', 'desktop', 'tablet', 'ctv'], 1);

  /** @param seed of the run @param users number of users, at most MAX_USERS @param namePrefix of their ids */
  constructor(
    seed: number,
    readonly users: number,
    private readonly namePrefix = '',
  ) {
    this.persons = RandomStream.of(seed, 'persons');
    this.households = RandomStream.of(seed, 'households');
    this.phoneApps = RandomStream.of(seed, 'phone-apps');
  }

  /** @returns one of the population, by Zipf's law */
  pick(random: RandomStream): Visitor {
    return this.visitor(pickPopular(random, this.users, ACTIVITY_EXPONENT));
  }

  /**
   * @param index of the visitor; indexes from `users` are visitors outside the ordinary population, for actors. Those have only browsers,
   *   because they include attackers
   */
  visitor(index: number): Visitor {
    const household = Math.floor(index / HOUSEHOLD_SIZE);
    const home = this.households.child(household);
    const person = this.persons.child(index);
    const country = this.countries.pick(home);
    const deviceType = this.devices.pick(person);
    const browser = person.pick(BROWSERS[deviceType]);
    const isHonestPhone = deviceType === 'mobile' && index < this.users;
    return {
      userId: `${this.namePrefix}user-${(Math.imul(index, SCATTER) >>> 0).toString(36).padStart(7, '0')}`,
      ip: home.chance(IPV6_SHARE) ? ipv6(household) : ipv4(household % (ADDRESSES - RESERVED_ADDRESSES)),
      country,
      deviceType,
      userAgent: isHonestPhone ? phoneUserAgent(this.phoneApps.child(index), browser) : browser,
    };
  }

  /** @param index 0 to 2^21 - 1 @returns an address that no household has */
  reservedAddress(index: number): string {
    return ipv4(ADDRESSES - 1 - (index % RESERVED_ADDRESSES));
  }
}

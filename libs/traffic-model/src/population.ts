import { pickPopular, ZipfChoice } from './popularity';
import { RandomStream } from './random-stream';
import { BROWSERS, type BrowsingDevice, PHONE_APPS } from './user-agents';

/** Who sees and clicks ads, as the events tell it. */
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
/** People on a phone who see ads in an app that the list of crawlers has. An assumption: enough of them in every run, and few beside browsers. */
const PHONE_APP_SHARE = 0.05;
/** Mild: with the classic law the most active person would see hundreds of ads a minute. */
const ACTIVITY_EXPONENT = 0.4;
const COUNTRIES = ['US', 'GB', 'DE', 'JP', 'FR', 'BR', 'IN', 'CA', 'AU', 'ES', 'IT', 'NL', 'SE', 'PL', 'MX', 'KR'];
/** Addresses are taken from 10.0.0.0/8, which belongs to no one on the internet. */
const ADDRESSES = 2 ** 24;
/** Kept apart for the actors of the scenarios. */
const RESERVED_ADDRESSES = 2 ** 21;
/** More users than this would have more households than addresses. */
export const MAX_USERS = (ADDRESSES - RESERVED_ADDRESSES) * HOUSEHOLD_SIZE;

/** An odd factor maps the numbers below a power of two to themselves, one to one, and hides who stands next to whom. */
const SCATTER = 0x9e3779b1;

function ipv4(index: number): string {
  const host = (Math.imul(index, SCATTER) >>> 0) % ADDRESSES;
  return `10.${host >>> 16}.${(host >>> 8) & 255}.${host & 255}`;
}

/** An address of 2001:db8::/32, which is set apart for examples (RFC 3849). */
function ipv6(index: number): string {
  const net = Math.imul(index, SCATTER) >>> 0;
  return `2001:db8:${(net >>> 16).toString(16)}:${(net & 0xffff).toString(16)}::1`;
}

/**
 * @param random of the person alone
 * @param browser what the person browses with
 * @returns what a person's phone sends: an app's user agent now and then, else the browser's
 */
export function phoneUserAgent(random: RandomStream, browser: string): string {
  return random.chance(PHONE_APP_SHARE) ? random.pick(PHONE_APPS) : browser;
}

/**
 * The visitors. Each is a pure function of the seed and a number, so that millions of them need no memory: households
 * of three share an address and a country, each has one device.
 */
export class Population {
  private readonly persons: RandomStream;
  private readonly households: RandomStream;
  private readonly phoneApps: RandomStream;
  private readonly countries = new ZipfChoice(COUNTRIES, 1);
  private readonly devices = new ZipfChoice<BrowsingDevice>(['mobile', 'desktop', 'tablet', 'ctv'], 1);

  /** @param seed of the run @param users how many there are, at most MAX_USERS @param namePrefix before their ids */
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
   * @param index of the visitor; from `users` on visitors outside the ordinary population, for actors. Those have browsers only: attackers are
   *   among them
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

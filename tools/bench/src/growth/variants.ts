import type { InputPlan } from '../prepared-input';

/** A variant of the load: one size is larger, or the load is uneven. */
export interface Variant {
  readonly name: string;
  /** The curve of this variant and its position on it; missing for an uneven load. */
  readonly curve?: { readonly of: string; readonly times: number };
  readonly input: InputPlan;
}

/** The sizes that all variants start from. */
export interface Base {
  readonly events: number;
  readonly seed: number;
  readonly rate: number;
  readonly shards: number;
  readonly users: number;
  readonly campaigns: number;
}

/** The even load, which all others are compared with. */
export const EVEN = 'even load';

/** Event time of the backlog, seconds. */
const BACKLOG_SECONDS = 6 * 3_600;
/** Events per second of the actors that prepared traffic has besides its ordinary events: one of each attack and hard negative. */
export const ACTOR_RATE = 16;

const TIMES = [4, 16] as const;
/** Not an actor of the generator, so only its share of the traffic makes it hot. */
const HOT_CAMPAIGN = { campaign_id: 'campaign-01', country: 'US' };
const HOT_ADDRESS = { ip: '203.0.113.7' };

/** @returns the even load first, then each size 4 and 16 times as large, then hot keys, then a backlog */
export function variants(base: Base): Variant[] {
  const grown = (of: keyof Pick<Base, 'events' | 'users' | 'campaigns' | 'shards'>) =>
    TIMES.map((times) => ({
      name: `${times} times the ${of}`,
      curve: { of, times },
      input: { ...base, [of]: base[of] * times },
    }));
  return [
    { name: EVEN, input: base },
    ...grown('events'),
    ...grown('users'),
    ...grown('campaigns'),
    ...grown('shards'),
    { name: 'one campaign and one country with 90 %', input: { ...base, skew: { share: 0.9, values: HOT_CAMPAIGN } } },
    { name: 'one address with 50 %', input: { ...base, skew: { share: 0.5, values: HOT_ADDRESS } } },
    { name: 'backlog of 6 hours', input: { ...base, ...backlog(base.events) } },
  ];
}

/** @returns sizes of traffic that is spread over six hours; ordinary events are about as many as in the even load */
function backlog(events: number): Pick<InputPlan, 'rate' | 'events'> {
  const rate = Math.max(1, Math.round(events / BACKLOG_SECONDS));
  return { rate, events: (rate + ACTOR_RATE) * BACKLOG_SECONDS };
}

/** Names of the variants other than the even load; the sizes do not affect them. */
export const VARIANT_NAMES: readonly string[] = variants({
  events: 1,
  seed: 1,
  rate: 1,
  shards: 1,
  users: 1,
  campaigns: 1,
})
  .slice(1)
  .map(({ name }) => name);

/**
 * @param all variants, the even load first
 * @param names of the wanted variants; all when missing
 * @returns the even load, because it is what the others are compared with, and the wanted variants
 */
export function only(all: readonly Variant[], names: readonly string[] | undefined): Variant[] {
  return all.filter(({ name }) => names === undefined || name === EVEN || names.includes(name));
}

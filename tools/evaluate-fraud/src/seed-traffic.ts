import {
  ATTACKS,
  type Emission,
  generateTraffic,
  HARD_NEGATIVES,
  type TrafficSettings,
} from '@ad-analytics/traffic-model';

/** A time in the past, because records from the future are rejected; aligned to a minute, like the windows. */
const FIRST_START = Date.parse('2024-06-03T00:00:00.000Z');
const HOUR_MS = 3_600_000;
/** Longer than the attribution window plus the longest window of a rule, so that seeds do not share a window. */
const MIN_GAP_MS = HOUR_MS;

/** The traffic of a run over several seeds. */
export interface RunTraffic {
  readonly seeds: readonly number[];
  /** Ordinary events per second. */
  readonly rate: number;
  /** Minutes of event time per seed. */
  readonly minutes: number;
  /** Speed of the attackers; default: 1, the speed of the scenarios. */
  readonly attackPace?: number;
}

/** @returns milliseconds between the starts of the traffic of two seeds */
function slotMs(minutes: number): number {
  return Math.ceil((minutes * 60_000 + MIN_GAP_MS) / HOUR_MS) * HOUR_MS;
}

/** The part of one seed in a run: a separate range of event time, with separate people, ads and publishers. */
export interface SeedTraffic {
  readonly seed: number;
  /** Event time, epoch milliseconds. */
  readonly startTime: number;
  /** Exclusive end of the seed's events. */
  readonly endTime: number;
  /** @returns its records in order of arrival; every call returns the same records */
  emissions(): Iterable<Emission>;
}

/**
 * @param run seeds, in the order of their time
 * @returns the traffic of each seed: ordinary visitors, plus one active actor of every attack and hard negative, with the traffic model's
 *   default shares of late, out-of-order, duplicate, malformed and orphan records
 */
export function seedTraffic({ seeds, rate, minutes, attackPace = 1 }: RunTraffic): SeedTraffic[] {
  const slot = slotMs(minutes);
  return seeds.map((seed, place) => {
    const startTime = FIRST_START + place * slot;
    const settings: TrafficSettings = {
      seed,
      startTime,
      rate,
      durationSeconds: minutes * 60,
      // The rule compares a publisher with its own past, so seeds must not share publishers.
      namePrefix: `s${seed}-`,
      attackPace,
      scenarios: Object.fromEntries([...ATTACKS, ...HARD_NEGATIVES].map((name) => [name, 1])),
    };
    return { seed, startTime, endTime: startTime + slot, emissions: () => generateTraffic(settings) };
  });
}

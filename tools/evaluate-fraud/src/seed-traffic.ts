import {
  ATTACKS,
  type Emission,
  generateTraffic,
  HARD_NEGATIVES,
  type TrafficSettings,
} from '@ad-analytics/traffic-model';

/** In the past of every machine: a record from the future is rejected. On a minute, as the windows are. */
const FIRST_START = Date.parse('2024-06-03T00:00:00.000Z');
const HOUR_MS = 3_600_000;
/** Longer than the attribution window and the longest window of a rule together: one seed's events are in no window of another's. */
const LEAST_GAP_MS = HOUR_MS;

/** The traffic of a run over several seeds. */
export interface RunTraffic {
  readonly seeds: readonly number[];
  /** Ordinary events per second. */
  readonly rate: number;
  /** Of event time, each seed. */
  readonly minutes: number;
  /** How fast attackers act; 1, as the scenarios have it, when absent. */
  readonly attackPace?: number;
}

/** @returns milliseconds from the start of one seed's traffic to the next one's */
function slotMs(minutes: number): number {
  return Math.ceil((minutes * 60_000 + LEAST_GAP_MS) / HOUR_MS) * HOUR_MS;
}

/** One seed's part of a run: a separate stretch of event time, with separate people, ads and publishers. */
export interface SeedTraffic {
  readonly seed: number;
  /** Event time, epoch milliseconds. */
  readonly startTime: number;
  /** No event of this seed is as late as this. */
  readonly endTime: number;
  /** @returns its records in order of arrival; the same ones at every call */
  emissions(): Iterable<Emission>;
}

/**
 * @param run seeds, in the order of their time
 * @returns the traffic of each: every attack and every hard negative, one actor of each at a time, on top of ordinary visitors with
 *   the traffic model's usual share of late, out-of-order, repeated, malformed and orphan records
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
      // A publisher is judged by its own past: it must not be another seed's.
      namePrefix: `s${seed}-`,
      attackPace,
      scenarios: Object.fromEntries([...ATTACKS, ...HARD_NEGATIVES].map((name) => [name, 1])),
    };
    return { seed, startTime, endTime: startTime + slot, emissions: () => generateTraffic(settings) };
  });
}

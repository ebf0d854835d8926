import * as fc from 'fast-check';
import { MAX_COST_MICROS } from '@ad-analytics/event-schemas';
import type { TrafficStream } from '@ad-analytics/traffic-model';

/**
 * Settings that are so small that a few random events cross every limit. They differ so much that the results show if one is used
 * in place of another. The names are those of flink/kinesis-config.json.
 */
export const SMALL_SETTINGS: Readonly<Record<string, string>> = {
  'attribution.window.seconds': '20',
  'metrics.window.seconds': '10',
  'engagement.window.seconds': '15',
  'engagement.slide.seconds': '5',
  'max.out.of.orderness.seconds': '5',
  'max.future.seconds': '45',
  'short.window.seconds': '12',
  'short.slide.seconds': '4',
  'long.window.seconds': '30',
  'long.slide.seconds': '6',
  'click.velocity.threshold': '2',
  'impression.flood.ip.threshold': '4',
  'impression.flood.user.threshold': '3',
  'abnormal.ctr.min.impressions': '2',
  'abnormal.ctr.threshold': '0.6',
  'publisher.ctr.z.threshold': '1',
  'publisher.ctr.min.impressions': '2',
  'publisher.ctr.trailing.windows': '3',
  'publisher.ctr.min.windows': '2',
  'metronome.min.clicks': '3',
  'metronome.variation.threshold': '0.2',
  'unattributed.burst.threshold': '1',
  'id.fan.out.threshold': '2',
};

/** The event times of a scenario are within this span. */
export const SCENARIO_SECONDS = 60;
/** From one scenario to the next: longer than event times, the attribution window and the longest window of SMALL_SETTINGS together. */
export const SLOT_SECONDS = 240;

const BOT = 'Googlebot/2.1 (+http://www.google.com/bot.html)';
/** An exception: the list matches this user agent, but it is not a bot. */
const KNOWN_BOT_EXCEPTION = 'okhttp/4.12.0';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

/** Ways in which a record breaks the contract. */
const FAULTS = [
  'cut_off',
  'missing_field',
  'wrong_type',
  'unparsable_time',
  'unknown_device',
  'empty_id',
  'huge_cost',
  'year_one',
  'half_a_pair',
  'not_utf8',
  'bare_emoji',
  'nested_too_deep',
] as const;
export type Fault = (typeof FAULTS)[number];

/** One random record: what it is about, when it happened, how much later it arrives, how wrong its clock is, and what else is wrong with it. */
export interface RandomEvent {
  readonly stream: TrafficStream;
  /** Number of the impression, and of the click on it: few values, so that events interact and ids repeat. */
  readonly impression: number;
  readonly click: number;
  /** When it happened: milliseconds since the scenario's start. */
  readonly time: number;
  /** Milliseconds from then to its arrival. */
  readonly delay: number;
  /** Milliseconds by which the clock of its producer is ahead. */
  readonly skew: number;
  readonly fault: Fault | null;
  readonly user: number;
  readonly campaign: number;
  readonly publisher: number;
  readonly ip: number | null;
  readonly userAgent: string | null;
  readonly deviceType: string | null;
  readonly country: string | null;
  readonly cost: number | null;
  readonly size: readonly [number, number] | null;
  /** Text after the event's own fields, which a reader must ignore. */
  readonly ignored: keyof typeof IGNORED | null;
}

/** Members that a newer producer may add, of any shape; JSON text. */
export const IGNORED = {
  nested: `"x":${'['.repeat(999)}${']'.repeat(999)}`,
  long_number: `"x":${'9'.repeat(1_001)}`,
  long_name: `"${'n'.repeat(50_001)}":0`,
  known_names: '"x":{"event_time":"yesterday","user_id":null}',
  half_a_pair: '"x":"\\ud835"',
} as const;

/** Endings of ids: characters of every Unicode plane, of both text directions, and with a meaning in HTML, spreadsheets or terminals. */
export const ID_ENDINGS = [
  '',
  '',
  '\u{1f600}'.repeat(100),
  `${Array.from({ length: 16 }, (_, plane) => String.fromCodePoint((plane + 1) * 0x10000 + 0x61)).join('')}\uffff`,
  '<b>=1+1&amp;"\'',
  '\u202e\u05d0\u200f\u0000\u001b[31m\r\n',
] as const;

/**
 * On the edges of windows, a millisecond next to them, at even distances (a metronome), or anywhere: ties are frequent.
 */
const TIME = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: SCENARIO_SECONDS - 1 }), fc.constantFrom(-1, 0, 0, 1))
    .map(([second, beside]) => Math.max(0, second * 1_000 + beside)),
  fc.integer({ min: 0, max: 11 }).map((fifth) => fifth * 5_000),
  fc.integer({ min: 0, max: SCENARIO_SECONDS * 1_000 - 1 }),
);

/** At once, out of order within the bound and exactly on it, a millisecond beyond it, and much later. */
const DELAY = fc.constantFrom(0, 0, 0, 0, 1_000, 4_999, 5_000, 5_001, 15_000, 40_000);

const MAX_FUTURE_MS = Number(SMALL_SETTINGS['max.future.seconds']) * 1_000;
/** A clock in the year 2099, seen from the time of the scenarios. */
const DECADES_MS = 75 * 365 * 24 * 3_600_000;

/** Correct, or ahead: within the bound of lateness and beyond it, by exactly the accepted maximum, a millisecond or minutes more, or decades. */
const SKEW = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(1, 5_001, 30_000, MAX_FUTURE_MS, MAX_FUTURE_MS + 1, 180_000, DECADES_MS) },
);

const EVENT: fc.Arbitrary<RandomEvent> = fc.record({
  stream: fc.constantFrom<TrafficStream[]>('impressions', 'impressions', 'clicks'),
  impression: fc.integer({ min: 0, max: 9 }),
  click: fc.integer({ min: 0, max: 2 }),
  time: TIME,
  delay: DELAY,
  skew: SKEW,
  fault: fc.oneof({ weight: 24, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...FAULTS) }),
  user: fc.integer({ min: 0, max: 3 }),
  campaign: fc.integer({ min: 0, max: 2 }),
  publisher: fc.integer({ min: 0, max: 1 }),
  ip: fc.constantFrom(null, 0, 0, 1),
  userAgent: fc.constantFrom(null, BROWSER, BROWSER, BROWSER, BOT, KNOWN_BOT_EXCEPTION),
  deviceType: fc.constantFrom(null, 'mobile', 'unknown'),
  country: fc.constantFrom(null, 'DE', 'FR'),
  cost: fc.constantFrom(null, 0, 1, 2_500, MAX_COST_MICROS),
  size: fc.constantFrom(null, [300, 250] as const, [300, 250] as const, [1, 1] as const, [0, 0] as const),
  ignored: fc.oneof(
    { weight: 19, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(IGNORED) as (keyof typeof IGNORED)[])) },
  ),
});

/** A scenario: a few dozen events, realistic or not. */
export const SCENARIO: fc.Arbitrary<RandomEvent[]> = fc.array(EVENT, { minLength: 5, maxLength: 60, size: 'max' });

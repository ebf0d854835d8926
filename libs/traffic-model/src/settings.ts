import { z } from 'zod';
import { ATTACKS, type Attack, HARD_NEGATIVES, type HardNegative } from './label';
import { MAX_USERS } from './population';

/** Number of concurrent actors, by scenario. */
export type Intensities = Readonly<Record<Attack | HardNegative, number>>;

const share = z.number().min(0).max(1);
const seconds = z.number().min(0).max(1e9);
const scenarioNames = [...ATTACKS, ...HARD_NEGATIVES] as const;
/** Larger values are probably typing errors. */
const MAX_RATE = 1_000_000;
const MAX_ACTORS = 1_000;
/** Leaves space for the rest of an id within the contract's limit. */
const MAX_PREFIX_LENGTH = 32;
/** Default number of users per event a second: with it, the most active user sees a few dozen ads a minute. */
const USERS_PER_RATE = 500;
const MIN_USERS = 2_000;

const settingsSchema = z
  .strictObject({
    seed: z.int().min(0),
    startTime: z.int().min(0).max(Date.parse('2200-01-01T00:00:00.000Z')),
    namePrefix: z.string().max(MAX_PREFIX_LENGTH).default(''),
    rate: z.number().positive().max(MAX_RATE).default(50),
    durationSeconds: z.number().positive().optional(),
    dayCurveDepth: share.default(0),
    users: z.int().min(1).max(MAX_USERS).optional(),
    campaigns: z.int().min(1).max(1_000).default(20),
    publishers: z.int().min(1).max(10_000).default(30),
    clickThroughRate: share.default(0.02),
    clickDelay: z
      .strictObject({
        leastSeconds: seconds.default(0.6),
        medianSeconds: z.number().positive().max(3_600).default(8),
        sigma: z.number().min(0).max(3).default(1.1),
      })
      .prefault({}),
    maxOutOfOrdernessSeconds: seconds.default(5),
    slackSeconds: seconds.default(1),
    lateDelaySeconds: z.strictObject({ min: seconds, max: seconds }).optional(),
    maxShards: z.int().min(1).max(64).default(16),
    shares: z
      .strictObject({
        late: share.default(0.005),
        outOfOrder: share.default(0.05),
        duplicate: share.default(0.01),
        malformed: share.default(0.002),
        orphanClick: share.default(0.02),
      })
      .prefault({}),
    clockSkew: z
      .strictObject({
        share: share.default(0),
        seconds: z.number().min(-1e9).max(1e9).default(30),
        maxFutureSeconds: seconds.default(60),
      })
      .prefault({}),
    attackPace: z.number().positive().max(1).default(1),
    scenarios: z.partialRecord(z.enum(scenarioNames), z.int().min(0).max(MAX_ACTORS)).default({}),
  })
  .superRefine((settings, context) => {
    const { maxOutOfOrdernessSeconds: bound, slackSeconds: slack, lateDelaySeconds: late, shares } = settings;
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const sum = shares.late + shares.outOfOrder + shares.duplicate + shares.malformed;
    if (sum > 1) refuse(['shares'], `late, outOfOrder, duplicate and malformed add up to ${sum}, more than 1`);
    if ((shares.outOfOrder > 0 || shares.duplicate > 0) && slack >= bound)
      refuse(
        ['slackSeconds'],
        `must be less than maxOutOfOrdernessSeconds (${bound}), otherwise no event could be out of order`,
      );
    const { share: skewedShare, seconds: skew, maxFutureSeconds: future } = settings.clockSkew;
    // Closer to a bound, a transport delay could change the outcome of the event.
    if (skewedShare > 0 && (Math.abs(skew - future) < slack || Math.abs(-skew - bound) < slack))
      refuse(
        ['clockSkew', 'seconds'],
        `must differ by at least ${slack} s from maxFutureSeconds (${future}) and from -maxOutOfOrdernessSeconds (-${bound})`,
      );
    if (settings.clickDelay.medianSeconds <= settings.clickDelay.leastSeconds)
      refuse(['clickDelay', 'medianSeconds'], `must be more than leastSeconds (${settings.clickDelay.leastSeconds})`);
    if (late && late.max < late.min) refuse(['lateDelaySeconds', 'max'], `must not be less than min (${late.min})`);
    if (late && late.min <= bound + slack)
      refuse(
        ['lateDelaySeconds', 'min'],
        `must be more than maxOutOfOrdernessSeconds + slackSeconds (${bound + slack}), otherwise the event is not late`,
      );
  })
  .transform((settings) => {
    const { maxOutOfOrdernessSeconds: bound, slackSeconds: slack, rate } = settings;
    return {
      ...settings,
      users: settings.users ?? Math.min(MAX_USERS, Math.max(MIN_USERS, Math.ceil(USERS_PER_RATE * rate))),
      lateDelaySeconds: settings.lateDelaySeconds ?? { min: 2 * (bound + slack), max: 2 * (bound + slack) + 20 },
      scenarios: Object.fromEntries(scenarioNames.map((name) => [name, settings.scenarios[name] ?? 0])) as Intensities,
    };
  });

/**
 * Settings of the traffic, all but the first two with a default.
 *
 * - `seed`: whole number; the same seed and settings give the same bytes
 * - `startTime`: event time of the start, epoch milliseconds
 * - `namePrefix`: put before the ids of users, campaigns, ads and publishers, so that runs that share a stream have different users and
 *   ads; their addresses may be the same (none)
 * - `rate`: events (impressions and clicks) a second of ordinary traffic, mean over a day; scenarios add to it (50)
 * - `durationSeconds`: of event time; endless when absent
 * - `dayCurveDepth`: 0 for the same rate all day, 0.3 for 0.7 to 1.3 times the mean (0). Only with 0, two runs of a seed at different start
 *   times differ only by the time shift
 * - `users` (500 for each event a second, 2,000 at least), `campaigns` (20), `publishers` (30): their number
 * - `clickThroughRate`: mean over all impressions; every campaign has its own (0.02)
 * - `clickDelay`: `leastSeconds`, the minimum reaction time (0.6), plus a log-normal delay: median of both together in seconds (8),
 *   standard deviation of the logarithm (1.1)
 * - `maxOutOfOrdernessSeconds`: the setting of the job (5); `slackSeconds`: distance of late and out-of-order events from that bound, so
 *   that a transport delay does not move them over it (1)
 * - `lateDelaySeconds`: how long after its event time a late event is sent at the earliest; `min` and `max`, between
 *   which it is drawn (12 to 32 with the other defaults)
 * - `maxShards`: late events are late in their shard for any number of equal shards up to this (16)
 * - `shares` of all events: `late` (0.005), `outOfOrder` (0.05), `duplicate` (0.01), `malformed` (0.002); and of the
 *   ordinary clicks `orphanClick` (0.02)
 * - `clockSkew`: a `share` of the users has a clock that is wrong by `seconds` (positive: ahead). Their events have a wrong time, but are
 *   sent when they happen (none; 30). Events are rejected if they are more than `maxFutureSeconds` ahead, the setting of the job (60), and
 *   late if they are more than `maxOutOfOrdernessSeconds` behind
 * - `attackPace`: speed of the attackers: 1 as described at the scenarios, 0.5 with pauses twice as long, like an attacker who knows the
 *   limits (1)
 * - `scenarios`: number of concurrent actors, by name of the attack or hard negative (none)
 */
export type TrafficSettings = z.input<typeof settingsSchema>;

/** Validated settings, with the defaults. */
export type ResolvedSettings = z.output<typeof settingsSchema>;

/** Invalid settings; the message names each one and its allowed values. */
export class TrafficSettingsError extends Error {
  override readonly name = 'TrafficSettingsError';
}

/**
 * @param settings without defaults
 * @returns the settings with the defaults
 * @throws TrafficSettingsError with every invalid setting
 */
export function resolveSettings(settings: TrafficSettings): ResolvedSettings {
  const result = settingsSchema.safeParse(settings);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`);
  throw new TrafficSettingsError(`The traffic settings are invalid.\n  ${problems.join('\n  ')}`);
}

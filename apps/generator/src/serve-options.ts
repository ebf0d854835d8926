import { ATTACKS, HARD_NEGATIVES, type TrafficSettings } from '@ad-analytics/traffic-model';
import { type Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import { numberWithin, parseDuration, parseSecondsRange, parseStart, scenarioList, wholeNumber } from './parse-options';
import type { TargetFlags } from './target-options';

type Scenarios = NonNullable<TrafficSettings['scenarios']>;

/** Options of `serve`, as commander gives them. */
export interface ServeFlags extends TargetFlags {
  readonly seed?: number;
  readonly rate: number;
  readonly duration?: number;
  readonly users?: number;
  readonly campaigns: number;
  readonly publishers: number;
  readonly ctr: number;
  readonly dayCurve: number;
  readonly lateShare: number;
  readonly outOfOrderShare: number;
  readonly duplicateShare: number;
  readonly malformedShare: number;
  readonly orphanShare: number;
  readonly clockSkewShare: number;
  readonly clockSkew: number;
  readonly lateDelay?: { min: number; max: number };
  readonly attacks: Scenarios;
  readonly hardNegatives: Scenarios;
  readonly labels?: string;
  readonly outDir?: string;
  readonly paced?: boolean;
  readonly start?: number;
}

/** Adds the options of the traffic. */
export function addTrafficOptions(command: Command): Command {
  const share = numberWithin(0, 1);
  const all = <Name extends string>(names: readonly Name[]) => Object.fromEntries(names.map((name) => [name, 1]));
  return command
    .option(
      '--seed <n>',
      'seed: repeats the traffic of an earlier run (default: random; the run prints it)',
      wholeNumber(0),
    )
    .option('--rate <n>', 'ordinary traffic, events per second', numberWithin(0.001, 1e6), 50)
    .option('--duration <time>', 'for example 90s, 10m or 2h (default: until Ctrl-C)', parseDuration)
    .option('--users <n>', 'number of users (default: 500 per event per second)', wholeNumber(1))
    .option('--campaigns <n>', 'campaigns', wholeNumber(1), 20)
    .option('--publishers <n>', 'publishers', wholeNumber(1), 30)
    .option('--ctr <share>', 'average number of clicks per impression', share, 0.02)
    .option('--day-curve <depth>', 'how much the rate varies with the hour of the day, 0 to 1', share, 0)
    .option('--late-share <share>', 'share of late events', share, 0.005)
    .option(
      '--late-delay <seconds>',
      'range of the minimum lateness of late events in seconds, from-to (default: 12-32)',
      parseSecondsRange,
    )
    .option('--out-of-order-share <share>', 'share of events that are out of order, but not late', share, 0.05)
    .option('--duplicate-share <share>', 'share of events that are sent twice', share, 0.01)
    .option('--malformed-share <share>', 'share of malformed records', share, 0.002)
    .option('--orphan-share <share>', 'share of clicks whose impression does not exist', share, 0.02)
    .option('--clock-skew-share <share>', 'share of users with a wrong clock', share, 0)
    .option(
      '--clock-skew <seconds>',
      'seconds that these clocks are ahead; negative: behind',
      numberWithin(-1e9, 1e9),
      30,
    )
    .addOption(
      new Option('--attacks <list>', `none, all, or some of ${ATTACKS.join(', ')}; with =N for N at a time`)
        .argParser(scenarioList(ATTACKS))
        .default(all(ATTACKS), 'all'),
    )
    .addOption(
      new Option(
        '--hard-negatives <list>',
        `none, all, or some of ${HARD_NEGATIVES.join(', ')}; with =N for N at a time`,
      )
        .argParser(scenarioList(HARD_NEGATIVES))
        .default(all(HARD_NEGATIVES), 'all'),
    )
    .option('--labels <file>', 'write the ground truth of every record to this JSONL file')
    .addOption(
      new Option(
        '--out-dir <folder>',
        'write impressions.jsonl and clicks.jsonl to this folder instead of to Kinesis',
      ).conflicts(['aws', 'endpoint', 'deadLetters']),
    )
    .option('--paced', 'with --out-dir: write in real time')
    .addOption(
      new Option('--start <time>', 'with --out-dir: event time of the start (default: now)').argParser(parseStart),
    );
}

/**
 * @param flags of the user
 * @param startTime epoch milliseconds
 * @param eventTime settings of the job
 */
export function trafficSettings(
  flags: ServeFlags,
  startTime: number,
  { maxOutOfOrdernessSeconds, maxFutureSeconds }: { maxOutOfOrdernessSeconds: number; maxFutureSeconds: number },
): TrafficSettings {
  return {
    seed: flags.seed ?? randomInt(1_000_000_000),
    startTime,
    rate: flags.rate,
    campaigns: flags.campaigns,
    publishers: flags.publishers,
    clickThroughRate: flags.ctr,
    dayCurveDepth: flags.dayCurve,
    maxOutOfOrdernessSeconds,
    // If the job does not allow disorder, slack and out-of-order events are impossible.
    slackSeconds: Math.min(1, maxOutOfOrdernessSeconds / 2),
    shares: {
      late: flags.lateShare,
      outOfOrder: flags.outOfOrderShare,
      duplicate: flags.duplicateShare,
      malformed: flags.malformedShare,
      orphanClick: flags.orphanShare,
    },
    clockSkew: { share: flags.clockSkewShare, seconds: flags.clockSkew, maxFutureSeconds },
    scenarios: { ...flags.attacks, ...flags.hardNegatives },
    ...(flags.duration === undefined ? {} : { durationSeconds: flags.duration }),
    ...(flags.users === undefined ? {} : { users: flags.users }),
    ...(flags.lateDelay === undefined ? {} : { lateDelaySeconds: flags.lateDelay }),
  };
}

import { runScenario } from '../chaos/chaos-run';
import { printResult } from '../chaos/report';
import { SHORT_SCENARIO } from '../chaos/scenarios';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { writtenTypes } from '@ad-analytics/verify/verify-stack';
import { type LocalStack, withLocalStack } from '@ad-analytics/local-stack/stack';
import { duration } from '@ad-analytics/command-line/progress';
import { type StackFlags, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { checkIdleStreams } from './idle-streams';
import { START, TRAFFIC, ending, recordTraffic } from './recording';
import { ReplayRun } from './replay-run';
import type { ResultSet } from './result-set';
import { checkRun, verifyRun } from './run-checks';
import {
  type Scenario,
  backlog,
  clicksFirst,
  impressionsFirst,
  killedTaskManager,
  live,
  rescaled,
  savepoint,
} from './scenarios';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';

/** Windows that are so short that every kind of result occurs within a minute. */
const SETTINGS: Readonly<Record<string, string>> = {
  'metrics.window.seconds': '10',
  'attribution.window.seconds': '20',
  'engagement.window.seconds': '20',
  'engagement.slide.seconds': '10',
  // A stream that is late on purpose, or a pause of the machine, must not be treated as idle.
  'idle.timeout.seconds': '3600',
};
const QUIET_SETTINGS: Readonly<Record<string, string>> = { 'idle.timeout.seconds': '5' };

/** Stack options that the runs need: few checkpoints, so that none comes between the requested one and a crash. */
export const REPLAY_STACK = { shards: SHARD_FILL.length, checkpointSeconds: 60 } as const;

/** Each must give the results of the live run. */
const SCENARIOS = {
  backlog,
  'clicks-first': clicksFirst,
  'impressions-first': impressionsFirst,
  savepoint,
  rescaled,
  'killed-task-manager': killedTaskManager,
} satisfies Record<string, Scenario>;
const QUIET = 'quiet';
const FAULTS = 'faults';
/** Seed of the traffic and of the faults in it, so that they are the same in every run of the tests. */
const FAULTS_SEED = 1;

/** Names of the runs that follow the live one, in their order. */
export const REPLAY_RUNS: readonly string[] = [...Object.keys(SCENARIOS), QUIET, FAULTS];

/** Checks that the traffic contains every class of event, so that the runs are compared for all of them. */
async function checkVariety(stack: LocalStack, run: ReplayRun, checks: CheckList): Promise<void> {
  const { impressions, clicks } = await verifyRun(stack, run, []);
  for (const [name, { read, rejected, late, duplicates, accepted }] of Object.entries({ impressions, clicks })) {
    checks.holds(
      `the ${name}: ${read} read = ${rejected} rejected + ${late} late + ${duplicates} duplicates + ${accepted} accepted`,
      read === rejected + late + duplicates + accepted && Math.min(rejected, late, duplicates, accepted) > 0,
      'the traffic lacks a kind of event, or an event was lost',
    );
  }
}

/**
 * Sends the same traffic through the packaged application live, as a backlog, with one stream long before the other, interrupted by
 * a savepoint and by a crash, and checks that the results are the same; that idle streams do not hold back results; and that nothing
 * is lost or wrong while AWS fails, the short form of `chaos`.
 * @param flags of the stack; with the shards of REPLAY_STACK
 * @param checks records every check
 * @param interrupted ends it
 * @param runs names of the runs in addition to the live one
 * @throws the signal's reason
 */
export async function runReplayCheck(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  runs: readonly string[] = REPLAY_RUNS,
): Promise<void> {
  const say = (line: string) => console.error(`. ${line}`);
  const options = stackOptions(
    'e2e-replay',
    flags,
    { restart: 'few', emulator: 'controlled_streams', onProgress: say },
    SETTINGS,
  );
  await withLocalStack(options, interrupted, async (stack) => {
    const types = writtenTypes(stack.runFolder);
    const { metrics, eventTime } = stack.settings;
    const traffic = [...recordTraffic(TRAFFIC)];
    const windowMs = metrics.windowSeconds * 1_000;
    const seconds = TRAFFIC.durationSeconds ?? 0;
    const lastArrival = traffic.at(-1)?.arrivalMs ?? 0;
    const after = START + (Math.ceil(Math.max(lastArrival, seconds * 1_000) / windowMs) + 1) * windowMs;
    const tail = ending(after, { ...metrics, ...eventTime }, lastArrival);
    const recording = [...traffic, ...tail];
    const inRun = async (
      name: string,
      overrides: Readonly<Record<string, string>>,
      work: (run: ReplayRun) => Promise<void>,
    ) => {
      interrupted.throwIfAborted();
      const started = Date.now();
      say(`Run ${name}`);
      await checks.part(`${name}: the run reaches its end`, async () => {
        const run = await ReplayRun.prepare(stack, name, overrides, interrupted);
        try {
          await work(run);
        } catch (error) {
          // An error caused by an interruption is not a failed check.
          if (!interrupted.aborted) throw error;
        } finally {
          await run.close();
        }
      });
      say(`Run ${name}: ${duration(Date.now() - started)}`);
      interrupted.throwIfAborted();
    };
    const compared = async (name: string, scenario: Scenario, expected: ResultSet | undefined) => {
      let found: ResultSet | undefined;
      await inRun(name, {}, async (run) => {
        await scenario({ stack, run, recording, endingLength: tail.length, checks });
        found = await checkRun(stack, run, { recording, types, live: expected }, checks);
        if (scenario === live) await checkVariety(stack, run, checks);
      });
      return found;
    };
    const results = await compared('live', live, undefined);
    for (const [name, scenario] of Object.entries(SCENARIOS).filter(([known]) => runs.includes(known))) {
      await compared(name, scenario, results);
      if (results === undefined) checks.skip(`${name}: the same results as live`, 'the live run did not reach its end');
    }
    if (runs.includes(QUIET)) await inRun(QUIET, QUIET_SETTINGS, (run) => checkIdleStreams(stack, run, types, checks));
    if (runs.includes(FAULTS)) {
      interrupted.throwIfAborted();
      const context = { stack, seed: FAULTS_SEED, checks, signal: interrupted, say };
      console.log(printResult(await runScenario(context, FAULTS, SHORT_SCENARIO)).join('\n'));
    }
  });
}

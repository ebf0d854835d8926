import { Command, InvalidArgumentError, Option } from 'commander';
import { currentCommit, describeMachine } from '@ad-analytics/command-line/machine';
import { CheckList, concludeChecks } from '@ad-analytics/command-line/check-list';
import { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { CommandError } from '@ad-analytics/command-line/errors';
import { checkFolderOf } from '@ad-analytics/command-line/output-file';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { CHAOS_SETTINGS } from './chaos-run';
import { isDone, planRuns } from './planned-run';
import { printResult, writeReliabilityReport, writeResult } from './report';
import { runInOwnStack } from './run-in-own-stack';
import { isFinished, isRight } from './scenario-result';
import { SCENARIOS } from './scenarios';
import { scenarioParts, together } from './together';

/** Upper bound of a random seed. */
const SEEDS = 2 ** 31;
/** Exit code of one failed run; each further one adds 1. */
const ONE_FAILED = 101;
/** Above 128, an exit code means a signal. */
const MAX_FAILED = 127;

interface ChaosFlags extends StackFlags {
  readonly seed?: readonly number[];
  readonly scenario?: readonly string[];
  readonly pairs?: number;
  readonly report?: string;
  readonly onlyReport?: true;
}

/** @returns names of scenarios, from a comma-separated list @throws InvalidArgumentError if one is unknown or cannot be combined */
export function scenarioNames(text: string): string[] {
  return text.split(',').map((name) => {
    const parts = scenarioParts(name.trim());
    if (parts === undefined)
      throw new InvalidArgumentError(`No such scenario: ${name.trim()}. Known: ${Object.keys(SCENARIOS).join(', ')}.`);
    try {
      together(parts);
    } catch (error) {
      throw new InvalidArgumentError(`${name.trim()}: ${(error as Error).message}`);
    }
    return name.trim();
  });
}

/** @returns seeds, from a comma-separated list @throws InvalidArgumentError if one is not a whole number */
function seedsOf(text: string): number[] {
  return text.split(',').map(wholeNumber(0));
}

/** @param failed number of runs @returns the exit code, as the help says */
export function exitCodeOf(failed: number): number {
  return failed === 0 ? 0 : Math.min(ONE_FAILED + failed - 1, MAX_FAILED);
}

/**
 * `chaos`: disturbs the packaged job, a producer and the sink, and checks that every result is right.
 * @param interrupted aborts the command
 */
export function chaosCommand(interrupted: AbortSignal): Command {
  const command = new Command('chaos')
    .description(
      'Run the packaged job, a producer and the sink on the local stack, disturb them, and verify every result in the stream and in the serving table.',
    )
    .option(
      '--seed <n,...>',
      'seeds, one after the other; a seed repeats an earlier run (default: random, printed)',
      seedsOf,
    )
    .option(
      '--scenario <name,...>',
      'scenarios, one after the other; a+b: both at the same time (default: all, and a pair that the seed chooses)',
      scenarioNames,
    )
    .addOption(
      new Option(
        '--pairs <n>',
        'instead of --scenario: number of pairs of scenarios that run at the same time; the seed chooses them',
      )
        .argParser(wholeNumber(1))
        .conflicts('scenario'),
    )
    .option(
      '--report <folder>',
      'write each result to the folder when its run ends, and the report of all its results; skip the runs that it has',
    )
    .option('--only-report', 'do not run a scenario; write the report again from the results in the folder of --report')
    .addHelpText(
      'after',
      `\nScenarios:\n${Object.entries(SCENARIOS)
        .map(([name, { title }]) => `  ${name.padEnd(14)} ${title}`)
        .join(
          '\n',
        )}\n\nEach run has a separate local stack; after a run that fails, the next one starts. Prints a line "ok" or "FAIL" for each check.\nWith --report, a run is skipped if the folder contains its successful result and the sources have not changed since. So after\nan interruption, the same command continues with the missing runs.\nExit code 0: all runs succeeded; ${ONE_FAILED}: one failed; ${ONE_FAILED + 1}: two; and so on, up to ${MAX_FAILED}.`,
    );
  addStackOptions(command, {
    shards: SHARD_FILL.length,
    managedMemory: 512,
    taskHeap: 512,
    checkpointSeconds: 5,
  });
  return command.action(async (flags: ChaosFlags) => {
    if (flags.shards !== SHARD_FILL.length)
      throw new CommandError(
        `--shards must be ${SHARD_FILL.length} here: the traffic is made for this number of shards.`,
        2,
      );
    const { seed: seeds = [Math.floor(Math.random() * SEEDS)], pairs, report } = flags;
    if (report !== undefined) checkFolderOf('--report', report);
    if (flags.onlyReport) {
      if (report === undefined)
        throw new CommandError('--only-report needs --report with the folder of the results.', 2);
      console.log(`Written: ${await writeReliabilityReport(report, Object.keys(SCENARIOS))}`);
      return;
    }
    const checks = new CheckList((line) => console.log(line));
    const say = (line: string) => console.error(`. ${line}`);
    const options = stackOptions(
      'chaos',
      flags,
      { restart: 'unlimited', emulator: 'resharded_streams', highAvailability: true, onProgress: say },
      CHAOS_SETTINGS,
    );
    // Read before the runs, because the sources may change during them.
    const commit = currentCommit();
    const machine = describeMachine(projectEnvironment().java);
    const runs = planRuns(seeds, { scenarios: flags.scenario, pairs });
    let failed = 0;
    for (const [at, run] of runs.entries()) {
      interrupted.throwIfAborted();
      const name = `${run.scenario}, seed ${run.seed}`;
      if (report !== undefined && isDone(report, run, commit)) {
        say(`Skipped: ${name}. The report has this run of commit ${commit}`);
        continue;
      }
      say(`Run ${at + 1} of ${runs.length}: ${name}; again with --seed ${run.seed} --scenario ${run.scenario}`);
      const scenario = together(scenarioParts(run.scenario) ?? []);
      const missing = scenario.missing?.();
      if (missing !== undefined) {
        checks.skip(name, missing);
        continue;
      }
      const result = await runInOwnStack(options, run, scenario, { checks, interrupted, say });
      if (!isFinished(result) || !isRight(result)) failed += 1;
      console.log(printResult(result).join('\n'));
      if (report === undefined) continue;
      const kept = { ...result, commit, machine };
      say(`Written: ${await writeResult(report, kept, Object.keys(SCENARIOS))}`);
    }
    const wrong = `${failed} of ${runs.length} runs failed: the pipeline lost or changed results, or did not reach its end; see above.`;
    concludeChecks(checks, wrong, exitCodeOf(failed));
  });
}

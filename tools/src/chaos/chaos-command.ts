import { Command, InvalidArgumentError, Option } from 'commander';
import { currentCommit, describeMachine } from '@ad-analytics/command-line/machine';
import { CheckList, concludeChecks } from '@ad-analytics/command-line/check-list';
import { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { CommandError } from '@ad-analytics/command-line/errors';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { checkFolderOf } from '@ad-analytics/command-line/output-file';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { CHAOS_SETTINGS, runScenario } from './chaos-run';
import { printResult, writeReliabilityReport } from './report';
import { SCENARIOS } from './scenarios';
import { drawPairs, scenarioParts, together } from './together';

/** What a seed is drawn from. */
const SEEDS = 2 ** 31;

interface ChaosFlags extends StackFlags {
  readonly seed?: number;
  readonly scenario: readonly string[];
  readonly pairs?: number;
  readonly report?: string;
}

/** @returns names of scenarios, from a list with commas @throws InvalidArgumentError naming one that is not known, or cannot be */
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

/**
 * `chaos`: disturbs the packaged job, a producer and the sink, and checks that every result is right.
 * @param interrupted asks it to end
 */
export function chaosCommand(interrupted: AbortSignal): Command {
  const command = new Command('chaos')
    .description(
      'Run the packaged job, a producer and the sink on the local stack, disturb them, and verify every result in the stream and in the serving table.',
    )
    .option('--seed <n>', 'seed: repeats an earlier run (default: random; the run prints it)', wholeNumber(0))
    .option(
      '--scenario <name,...>',
      'what to do, one after the other; a+b: together',
      scenarioNames,
      Object.keys(SCENARIOS),
    )
    .addOption(
      new Option('--pairs <n>', 'instead: so many pairs of scenarios that happen together, chosen by the seed')
        .argParser(wholeNumber(1))
        .conflicts('scenario'),
    )
    .option('--report <folder>', 'write the results there, and the report of all results in it')
    .addHelpText(
      'after',
      `\nScenarios:\n${Object.entries(SCENARIOS)
        .map(([name, { title }]) => `  ${name.padEnd(14)} ${title}`)
        .join('\n')}\n\nPrints a line "ok" or "FAIL" for each check. Exit code 0: none failed; 1: some did.`,
    );
  addStackOptions(command, {
    shards: SHARD_FILL.length,
    managedMemory: 512,
    taskHeap: 512,
    checkpointSeconds: 5,
  });
  return command.action(async (flags: ChaosFlags) => {
    if (flags.shards !== SHARD_FILL.length)
      throw new CommandError(`--shards is always ${SHARD_FILL.length} here: the traffic is made for them.`, 2);
    const { seed = Math.floor(Math.random() * SEEDS), pairs, report } = flags;
    const names = pairs === undefined ? flags.scenario : drawPairs(seed, pairs);
    if (report !== undefined) checkFolderOf('--report', report);
    const checks = new CheckList((line) => console.log(line));
    const say = (line: string) => console.error(`. ${line}`);
    console.log(`Seed ${seed}; again with: npx nx run tools:chaos -- --seed ${seed} --scenario ${names.join(',')}`);
    const options = stackOptions(
      'chaos',
      flags,
      { restart: 'unlimited', emulator: 'resharded_streams', highAvailability: true, onProgress: say },
      CHAOS_SETTINGS,
    );
    // Before the run: the sources may change while it goes on.
    const commit = currentCommit();
    const machine = describeMachine(projectEnvironment().java);
    await withLocalStack(options, interrupted, async (stack) => {
      for (const name of names) {
        interrupted.throwIfAborted();
        say(`Scenario ${name}`);
        const scenario = together(scenarioParts(name) ?? []);
        const missing = scenario.missing?.();
        if (missing !== undefined) {
          checks.skip(name, missing);
          continue;
        }
        const result = await runScenario({ stack, seed, checks, signal: interrupted, say }, name, scenario);
        console.log(printResult(result).join('\n'));
        if (report === undefined) continue;
        const kept = { ...result, commit, machine };
        say(`Written: ${await writeReliabilityReport(report, kept, Object.keys(SCENARIOS))}`);
      }
    });
    concludeChecks(checks, 'The pipeline lost or changed results, or did not reach its end; see above.');
  });
}

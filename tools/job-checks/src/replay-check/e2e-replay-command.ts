import { Command } from 'commander';
import { CheckList, concludeChecks } from '@ad-analytics/command-line/check-list';
import { CommandError } from '@ad-analytics/command-line/errors';
import { REPLAY_RUNS, REPLAY_STACK, runReplayCheck } from './run-replay-check';
import { knownNames } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions } from '@ad-analytics/local-stack/stack-options';

/**
 * `e2e-replay`: checks that a replay gives the same results as the live run, with one line for each check.
 * @param interrupted aborts the command
 */
export function e2eReplayCommand(interrupted: AbortSignal): Command {
  const command = new Command('e2e-replay')
    .description(
      'Run the packaged application on the same traffic live, as a backlog, interrupted and with delays between streams, and check that the results are equal.',
    )
    .option(
      '--runs <list>',
      'runs in addition to the live one, comma-separated',
      knownNames('run', REPLAY_RUNS),
      REPLAY_RUNS,
    )
    .addHelpText('after', '\nPrints a line "ok" or "FAIL" for each check. Exit code 0: none failed; 1: some did.');
  addStackOptions(command, { managedMemory: 512, taskHeap: 512, ...REPLAY_STACK });
  return command.action(async (flags: StackFlags & { runs: readonly string[] }) => {
    if (flags.shards !== REPLAY_STACK.shards)
      throw new CommandError(
        `--shards must be ${REPLAY_STACK.shards} here: the traffic is made for this number of shards.`,
        2,
      );
    const checks = new CheckList((line) => console.log(line));
    await runReplayCheck(flags, checks, interrupted, flags.runs);
    concludeChecks(checks, 'The replay check failed; see the lines above.');
  });
}

import { Command, InvalidArgumentError } from 'commander';
import { CheckList, concludeChecks } from '@ad-analytics/command-line/check-list';
import { CommandError } from '@ad-analytics/command-line/errors';
import { knownNames } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions } from '@ad-analytics/local-stack/stack-options';
import { UPGRADE_CASE_NAMES, UPGRADE_STACK, runUpgradeCheck, writeSavepoint } from './run-upgrade-check';

interface UpgradeCheckFlags extends StackFlags {
  readonly cases: readonly string[];
  readonly short?: boolean;
  readonly writeSavepoint?: string;
  readonly replace?: boolean;
}

function releaseName(text: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(text)) throw new InvalidArgumentError('It must be a version, for example 0.1.0.');
  return text;
}

/**
 * `e2e-upgrade`: checks that a changed job continues from the state of the previous one.
 * @param interrupted aborts the command
 */
export function upgradeCheckCommand(interrupted: AbortSignal): Command {
  const command = new Command('e2e-upgrade')
    .description(
      'Stop the packaged application with a savepoint, change it, restart it, and check that no result is missing, extra or different, and that the job refuses to start after a change that its state does not support.',
    )
    .option(
      '--cases <list>',
      'cases to run, comma-separated',
      knownNames('case', UPGRADE_CASE_NAMES),
      UPGRADE_CASE_NAMES,
    )
    .option('--short', 'run only the short form, which is part of `npm test`')
    .option(
      '--write-savepoint <release>',
      'instead, run the application and keep its savepoint for the tests of later versions; use it only at a release',
      releaseName,
    )
    .option(
      '--replace',
      'with --write-savepoint: replace an existing savepoint; only for a release that is not published yet',
    )
    .addHelpText('after', '\nPrints a line "ok" or "FAIL" for each check. Exit code 0: none failed; 1: some did.');
  addStackOptions(command, { managedMemory: 512, taskHeap: 512, ...UPGRADE_STACK });
  return command.action(async (given: UpgradeCheckFlags) => {
    const { shards, parallelism } = UPGRADE_STACK;
    if (given.shards !== shards)
      throw new CommandError(
        `--shards must be ${shards} here: the watermark is computed for this number of shards.`,
        2,
      );
    if (given.parallelism < parallelism)
      throw new CommandError(`--parallelism must be ${parallelism} or more here: the cases need so many slots.`, 2);
    const checks = new CheckList((line) => console.log(line));
    if (given.writeSavepoint !== undefined) {
      const { writeSavepoint: release, replace = false } = given;
      return writeSavepoint(given, checks, interrupted, { release, replace });
    }
    await runUpgradeCheck(given, checks, interrupted, given.short === true ? undefined : given.cases);
    concludeChecks(checks, 'The upgrade check failed; see the lines above.');
  });
}

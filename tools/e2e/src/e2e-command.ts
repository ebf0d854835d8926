import { Command, Option } from 'commander';
import { CheckList, concludeChecks } from '@ad-analytics/command-line/check-list';
import { E2E_PARTS, type E2ePart, runE2e } from './run-e2e';
import { type StackFlags, addStackOptions } from '@ad-analytics/local-stack/stack-options';

/**
 * `e2e`: tests the packaged application end to end and prints one line for each check.
 * @param interrupted aborts the command
 */
export function e2eCommand(interrupted: AbortSignal): Command {
  const command = new Command('e2e')
    .description('Run the packaged application end to end, and compare every result with the input.')
    .addOption(new Option('--only <part...>', 'run only these parts (default: all but privacy)').choices(E2E_PARTS))
    .option(
      '--screenshots <folder>',
      "take the README's pictures of the dashboard; the traffic then lasts some minutes",
    )
    .addHelpText(
      'after',
      '\nPrints a line "ok", "FAIL" or "skip" for each check. Exit code 0: none failed; 1: some did.',
    );
  addStackOptions(command, { shards: 2, managedMemory: 512, taskHeap: 512, checkpointSeconds: 10 });
  return command.action(
    async (flags: StackFlags & { readonly only?: readonly E2ePart[]; readonly screenshots?: string }) => {
      const checks = new CheckList((line) => console.log(line));
      await runE2e(flags, checks, interrupted, { parts: flags.only, screenshots: flags.screenshots });
      concludeChecks(checks, 'The end-to-end run failed; see the lines above.');
    },
  );
}

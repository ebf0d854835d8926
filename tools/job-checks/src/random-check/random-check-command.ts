import { Command } from 'commander';
import { CheckList, concludeChecks } from '@ad-analytics/command-line/check-list';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions } from '@ad-analytics/local-stack/stack-options';
import { RANDOM_SCENARIOS, RANDOM_STACK, runRandomCheck } from './run-random-check';

interface RandomCheckFlags extends StackFlags {
  readonly seed?: number;
  readonly scenarios: number;
}

/**
 * `e2e-random`: compares the packaged job with the independent computation, on small random inputs.
 * @param interrupted aborts the command
 */
export function randomCheckCommand(interrupted: AbortSignal): Command {
  const command = new Command('e2e-random')
    .description(
      'Run hundreds of small random inputs through the packaged application in one run, and compare every result with the independent computation. The inputs have ties, repeats, orphans, and late and malformed records at the edges of windows.',
    )
    .option(
      '--seed <n>',
      'seed: repeats the inputs of an earlier run (default: random; the run prints it)',
      wholeNumber(0),
    )
    .option('--scenarios <n>', 'number of inputs', wholeNumber(1), RANDOM_SCENARIOS)
    .addHelpText(
      'after',
      '\nPrints a line "ok" or "FAIL" for each check. Exit code 0: none failed; 1: some did. The ids of a wrong record begin with its input, for example s12-.',
    );
  addStackOptions(command, { managedMemory: 512, taskHeap: 512, ...RANDOM_STACK });
  return command.action(async (flags: RandomCheckFlags) => {
    const checks = new CheckList((line) => console.log(line));
    await runRandomCheck(flags, checks, interrupted, flags);
    concludeChecks(checks, 'The job and the independent computation differ; see above.');
  });
}

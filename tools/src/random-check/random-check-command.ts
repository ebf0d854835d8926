import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { CheckList } from '../e2e/check-list';
import { CommandError } from '../local-stack/errors';
import { withLocalStack } from '../local-stack/stack';
import { RECORDED_SETTINGS } from '../pipeline/run-recorded';
import { type StackFlags, addStackOptions, stackOptions, wholeNumber } from '../stack-options';
import { checkRandomRecords } from './check-random-records';
import { SMALL_SETTINGS } from './scenario';

interface RandomCheckFlags extends StackFlags {
  readonly seed: number;
  readonly scenarios: number;
}

/** What a seed is drawn from. */
const SEEDS = 2 ** 31;

/**
 * `e2e-random`: the packaged job against the independent computation, on random small inputs.
 * @param interrupted asks it to end
 */
export function randomCheckCommand(interrupted: AbortSignal): Command {
  const command = new Command('e2e-random')
    .description(
      'Run hundreds of small random inputs with ties, repeats, orphans, late and malformed records on the edges of windows through the packaged application, in one run, and compare every result with the independent computation.',
    )
    .option('--seed <n>', 'repeat the inputs of this number (default: another every time, shown)', wholeNumber(0))
    .option('--scenarios <n>', 'number of inputs', wholeNumber(1), 400)
    .addHelpText(
      'after',
      '\nPrints a line "ok" or "FAIL" for each check. Exit code 0: none failed; 1: some did. Names of a wrong record begin with its input, for example s12-.',
    );
  addStackOptions(command, { shards: 4, managedMemory: 512, taskHeap: 512, checkpointSeconds: 60 });
  return command.action(async (flags: RandomCheckFlags) => {
    const checks = new CheckList((line) => console.log(line));
    const say = (line: string) => console.error(`. ${line}`);
    const plan = { seed: flags.seed ?? Math.floor(Math.random() * SEEDS), scenarios: flags.scenarios };
    console.log(`Seed ${plan.seed}; again with: npx nx run tools:e2e-random -- --seed ${plan.seed}`);
    const settings = { ...RECORDED_SETTINGS, ...SMALL_SETTINGS };
    const options = stackOptions('e2e-random', flags, { restart: 'none', onProgress: say }, settings);
    await withLocalStack(options, interrupted, async (stack) => {
      const folder = path.join(stack.runFolder, 'traffic');
      mkdirSync(folder, { recursive: true });
      await checkRandomRecords(stack, plan, folder, checks, { say, signal: interrupted });
    });
    const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map((status) => checks.count(status));
    console.log(`${passed} checks passed, ${failed} failed, ${skipped} skipped`);
    if (failed !== 0) throw new CommandError('The job and the independent computation differ, see above.', 1);
  });
}

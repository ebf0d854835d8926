import { Command } from 'commander';
import { CheckList, concludeChecks } from '@ad-analytics/command-line/check-list';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { checkHostileRecords } from './check-hostile-records';

/** Range of a random seed. */
const SEEDS = 2 ** 31;
const RECORDS = 20_000;

interface HostileCheckFlags extends StackFlags {
  readonly seed?: number;
  readonly records: number;
}

/**
 * `e2e-hostile`: runs the packaged job on records of broken and hostile producers.
 * @param interrupted aborts the command
 */
export function hostileCheckCommand(interrupted: AbortSignal): Command {
  const command = new Command('e2e-hostile')
    .description(
      'Run hostile records through the packaged application: mutated bytes, every case of the contract, deep nesting, records of 1 MiB, extreme numbers and times, ill-formed UTF-8, ids of every Unicode plane, records that look aggregated. The job must not fail, must account for each record, and must agree with the independent computation.',
    )
    .option(
      '--seed <n>',
      'seed: repeats the records of an earlier run (default: random; the run prints it)',
      wholeNumber(0),
    )
    .option('--records <n>', 'number of records', wholeNumber(1), RECORDS)
    .addHelpText('after', '\nPrints a line "ok" or "FAIL" for each check. Exit code 0: none failed; 1: some did.');
  addStackOptions(command, { shards: SHARD_FILL.length, managedMemory: 512, taskHeap: 768, checkpointSeconds: 20 });
  return command.action(async (flags: HostileCheckFlags) => {
    const checks = new CheckList((line) => console.log(line));
    const { seed = Math.floor(Math.random() * SEEDS), records } = flags;
    const say = (line: string) => console.error(`. ${line}`);
    console.log(`Seed ${seed}; repeat with: npx nx run tools:e2e-hostile -- --records ${records} --seed ${seed}`);
    const options = stackOptions('e2e-hostile', flags, {
      restart: 'none',
      emulator: 'controlled_streams',
      onProgress: say,
    });
    await withLocalStack(options, interrupted, (stack) =>
      checkHostileRecords(stack, { seed, records }, checks, { say, signal: interrupted }),
    );
    concludeChecks(checks, 'The job does not treat hostile records as the contract says; see above.');
  });
}

import type { Command } from 'commander';
import { type PartFlags, partCommand } from '../part-command';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type GeneratorPlan, benchGenerator } from './bench-generator';

/**
 * `bench-generator`: compares the rate of the generator with a bare loop of requests.
 * @param interrupted aborts the command
 */
export function benchGeneratorCommand(interrupted: AbortSignal): Command {
  return partCommand<PartFlags & GeneratorPlan>(
    {
      name: 'generator',
      description:
        'Measure how many records per second the generator writes to the emulated Kinesis, compared with a bare loop of prepared PutRecords requests that runs in turns with it.',
      runs: 3,
      options: (command) =>
        command
          .option('--events <n>', 'records of both streams together', wholeNumber(1_000), 300_000)
          .option('--shards <n>', 'shards of each stream', wholeNumber(1), 2),
      measure: benchGenerator,
    },
    interrupted,
  );
}

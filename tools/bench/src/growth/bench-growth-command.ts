import { type GraphFlags, addGraphOptions } from '../graph-options';
import { type PartFlags, partCommand } from '../part-command';
import { knownNames, wholeNumber } from '@ad-analytics/command-line/options';
import { benchGrowth } from './bench-growth';
import type { Command } from 'commander';
import { VARIANT_NAMES } from './variants';

interface Flags extends PartFlags, GraphFlags {
  readonly events: number;
  readonly users: number;
  readonly campaigns: number;
  readonly parallelism: number;
  readonly only?: readonly string[];
}

/**
 * `bench-growth`: measures the cost of an event with more users, campaigns and other keys, with hot keys, and in a backlog.
 * @param interrupted aborts the command
 */
export function benchGrowthCommand(interrupted: AbortSignal): Command {
  return partCommand<Flags>(
    {
      name: 'growth',
      description:
        'Measure the graph of the packaged job with 1, 4 and 16 times the events, users, campaigns and shards, with hot keys (one campaign and one country with 90 % of the traffic, one address with 50 %), and on a backlog of six hours.',
      runs: 3,
      options: (command) =>
        addGraphOptions(command)
          .option('--events <n>', 'records of both streams together, in the even load', wholeNumber(1_000), 600_000)
          .option('--users <n>', 'users in the even load', wholeNumber(1), 50_000)
          .option('--campaigns <n>', 'campaigns in the even load, at most 62', wholeNumber(1), 20)
          .option(
            '--parallelism <n>',
            'parallel subtasks, and shards of each stream in the even load',
            wholeNumber(1),
            2,
          )
          .option(
            '--only <variants>',
            `comma-separated, measured beside the even load: ${VARIANT_NAMES.join(', ')}`,
            knownNames('variant', VARIANT_NAMES),
          ),
      measure: benchGrowth,
    },
    interrupted,
  );
}

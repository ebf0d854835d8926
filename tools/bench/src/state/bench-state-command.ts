import type { Command } from 'commander';
import { type PartFlags, partCommand } from '../part-command';
import { addClusterOptions } from '../graph-options';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StatePlan, benchState } from './bench-state';

/**
 * `bench-state`: how large the job's state is, and what it costs to keep and to restore it.
 * @param interrupted aborts the command
 */
export function benchStateCommand(interrupted: AbortSignal): Command {
  return partCommand<PartFlags & StatePlan>(
    {
      name: 'state',
      description:
        'Measure the state of the packaged job without Kinesis: bytes per live impression, growth over attribution windows, size and time of checkpoints, and the time to recover from a crash of the TaskManager.',
      runs: 3,
      options: (command) =>
        addClusterOptions(
          command
            .option('--live <n>', 'impressions within an attribution window', wholeNumber(1_000), 100_000)
            .option('--windows <n>', 'number of attribution windows in which the state is measured', wholeNumber(2), 10)
            .option(
              '--recovery-live <n>',
              'impressions within an attribution window at the crash',
              wholeNumber(1_000),
              1_000_000,
            )
            .option('--parallelism <n>', 'parallel subtasks', wholeNumber(1), 2),
        ),
      measure: benchState,
    },
    interrupted,
  );
}

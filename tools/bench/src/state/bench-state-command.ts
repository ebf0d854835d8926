import type { Command } from 'commander';
import { type PartFlags, partCommand } from '../part-command';
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
        command
          .option('--live <n>', 'impressions within an attribution window', wholeNumber(1_000), 100_000)
          .option('--windows <n>', 'number of attribution windows in which the state is measured', wholeNumber(2), 10)
          .option(
            '--recovery-live <n>',
            'impressions within an attribution window at the crash',
            wholeNumber(1_000),
            1_000_000,
          )
          .option('--parallelism <n>', 'parallel subtasks', wholeNumber(1), 2)
          .option('--managed-memory <MiB>', 'memory for RocksDB, for each subtask', wholeNumber(64), 1_024)
          .option('--task-heap <MiB>', "heap of Flink's operators, for each subtask", wholeNumber(128), 768)
          .option('--checkpoint-seconds <n>', 'time between checkpoints', wholeNumber(1), 10),
      measure: benchState,
    },
    interrupted,
  );
}

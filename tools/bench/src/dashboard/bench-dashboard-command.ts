import type { Command } from 'commander';
import { type PartFlags, partCommand } from '../part-command';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions } from '@ad-analytics/local-stack/stack-options';
import { type DashboardPlan, benchDashboard } from './bench-dashboard';

/**
 * `bench-dashboard`: measures what viewers of the page cost.
 * @param interrupted aborts the command
 */
export function benchDashboardCommand(interrupted: AbortSignal): Command {
  return partCommand<PartFlags & StackFlags & DashboardPlan>(
    {
      name: 'dashboard',
      description:
        'Measure how many requests the dashboard sends to DynamoDB, and its CPU time, while 0, 1, 4 and 16 viewers watch live traffic on the local stack.',
      runs: 1,
      options: (command) =>
        addStackOptions(
          command
            .option('--rate <n>', 'ordinary events per second', wholeNumber(1), 200)
            .option('--warm-up-seconds <n>', 'seconds of traffic before the first measurement', wholeNumber(1), 90)
            .option('--seconds <n>', 'seconds for each number of viewers', wholeNumber(1), 60),
          { shards: 2, managedMemory: 512, taskHeap: 512, checkpointSeconds: 10 },
        ),
      measure: benchDashboard,
    },
    interrupted,
  );
}

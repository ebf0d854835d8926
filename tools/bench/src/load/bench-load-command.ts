import type { Command } from 'commander';
import { type PartFlags, partCommand } from '../part-command';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions } from '@ad-analytics/local-stack/stack-options';
import { ASSUMPTIONS } from '@ad-analytics/cost/assumptions';
import { type LoadPlan, benchLoad } from './bench-load';

/**
 * `bench-load`: loads the local stack for a long time, then overloads it, and verifies every result.
 * @param interrupted aborts the command
 */
export function benchLoadCommand(interrupted: AbortSignal): Command {
  return partCommand<PartFlags & StackFlags & LoadPlan>(
    {
      name: 'load',
      description:
        'Run the packaged job on the local stack for a long time at 80 % of a rate, and watch its memory, state, files and latency. Then overload it with 150 % of that rate, measure its recovery, and verify every result.',
      runs: 1,
      options: (command) =>
        addStackOptions(
          command
            .option(
              '--rate <n>',
              '100 %: events per second; the default is that of a KPU in the cost',
              wholeNumber(10),
              ASSUMPTIONS.eventsPerKpu,
            )
            .option('--warm-up-seconds <n>', 'seconds of load before the measurement', wholeNumber(1), 600)
            .option('--minutes <n>', 'minutes of load that are measured', wholeNumber(1), 30)
            .option('--overload-seconds <n>', 'seconds of overload', wholeNumber(1), 120),
          { shards: 2, parallelism: 1, managedMemory: 1_024, taskHeap: 768, checkpointSeconds: 10 },
        ),
      measure: benchLoad,
    },
    interrupted,
  );
}

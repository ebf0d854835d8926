import type { Command } from 'commander';
import { type PartFlags, partCommand } from '../part-command';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions } from '@ad-analytics/local-stack/stack-options';
import { type LatencyPlan, benchLatency } from './bench-latency';

/**
 * `bench-latency`: measures how long results take on the local stack.
 * @param interrupted aborts the command
 */
export function benchLatencyCommand(interrupted: AbortSignal): Command {
  return partCommand<PartFlags & StackFlags & LatencyPlan>(
    {
      name: 'latency',
      description:
        'Measure the latency of the packaged job on the local stack: for each record type, the time from its event time (of a window: from its end) to its arrival in the results stream, with the windows of the demo.',
      runs: 1,
      options: (command) =>
        addStackOptions(
          command
            .option('--rate <n>', 'ordinary events per second', wholeNumber(1), 1_000)
            .option('--warm-up-seconds <n>', 'seconds of traffic before those that are measured', wholeNumber(1), 90)
            .option('--seconds <n>', 'seconds of traffic whose results are measured', wholeNumber(1), 180)
            .option('--tail-seconds <n>', 'seconds of traffic after those that are measured', wholeNumber(1), 20),
          { shards: 2, managedMemory: 1_024, taskHeap: 768, checkpointSeconds: 10 },
        ),
      measure: benchLatency,
    },
    interrupted,
  );
}

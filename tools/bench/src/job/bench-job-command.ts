import type { Command } from 'commander';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions } from '@ad-analytics/local-stack/stack-options';
import { KPU_MEMORY, share } from '../graph-options';
import { type PartFlags, partCommand } from '../part-command';
import { type JobPlan, benchJob } from './bench-job';

/** Each has the memory of a KPU by default. */
const SUBTASKS = 2;

/**
 * `bench-job`: measures how fast the packaged job processes a backlog, and checks the results.
 * @param interrupted aborts the command
 */
export function benchJobCommand(interrupted: AbortSignal): Command {
  return partCommand<PartFlags & StackFlags & JobPlan>(
    {
      name: 'job',
      description: `Measure the packaged job on a backlog: generate traffic with every attack and 2 % each of late, repeated, malformed and orphan records, write it to shards of very different sizes (${SHARD_FILL.join(', ')} % of the impressions), let the job process it, then compute all results independently and compare.`,
      runs: 3,
      options: (command) =>
        addStackOptions(
          command
            .option('--events <n>', 'records of both streams together', wholeNumber(1), 300_000)
            .option('--rate <n>', 'ordinary events per second of event time', wholeNumber(1), 200)
            .option('--warm-up <share>', 'share of the events that is not measured', share, 0.3)
            .option('--even', 'fill all shards alike')
            .option('--no-verify', 'only measure')
            .addHelpText(
              'after',
              '\nWith --shards other than 4, --even is needed.\nExit code 5: the results are wrong.',
            ),
          {
            shards: SHARD_FILL.length,
            parallelism: SUBTASKS,
            managedMemory: SUBTASKS * KPU_MEMORY.managed,
            taskHeap: SUBTASKS * KPU_MEMORY.taskHeap,
            checkpointSeconds: 60,
          },
        ),
      measure: benchJob,
    },
    interrupted,
  );
}

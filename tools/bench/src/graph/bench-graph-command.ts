import type { Command } from 'commander';
import { type GraphFlags, addGraphOptions } from '../graph-options';
import { type PartFlags, partCommand } from '../part-command';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { benchGraph } from './bench-graph';

interface Flags extends PartFlags, GraphFlags {
  readonly events: number;
  readonly parallelism: readonly number[];
}

/**
 * `bench-graph`: measures the cost of the packaged job's graph without Kinesis.
 * @param interrupted aborts the command
 */
export function benchGraphCommand(interrupted: AbortSignal): Command {
  const ofBoth = [1, 2];
  return partCommand<Flags>(
    {
      name: 'graph',
      description:
        'Measure the graph of the packaged job from prepared records to a sink that discards: CPU time per event by thread, and events per second, after the warm-up.',
      runs: 3,
      options: (command) =>
        addGraphOptions(command)
          .option('--events <n>', 'records of both streams together', wholeNumber(1_000), 2_000_000)
          .option(
            '--parallelism <n...>',
            'parallel subtasks, one number or several',
            (text: string, numbers: number[]) => [...(numbers === ofBoth ? [] : numbers), wholeNumber(1)(text)],
            ofBoth,
          ),
      measure: (flags, session) => benchGraph(flags, session),
    },
    interrupted,
  );
}

import { type Command, InvalidArgumentError } from 'commander';
import { type PartFlags, partCommand } from '../part-command';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type SinkPlan, benchSink } from './bench-sink';

/** Lambda's limit of a batch (CreateEventSourceMapping). */
const MAX_BATCH = 10_000;

function batchSize(text: string): number {
  const size = wholeNumber(1)(text);
  if (size > MAX_BATCH) throw new InvalidArgumentError(`It must be at most ${MAX_BATCH}.`);
  return size;
}

/**
 * `bench-sink`: what the function that fills the serving table costs.
 * @param interrupted aborts the command
 */
export function benchSinkCommand(interrupted: AbortSignal): Command {
  return partCommand<PartFlags & SinkPlan>(
    {
      name: 'sink',
      description:
        'Measure the bundled Lambda that fills the serving table: records per second, time for 1,000 records and cold start, against the emulated DynamoDB and against a stub that answers at once.',
      runs: 5,
      options: (command) =>
        command
          .option('--results <n>', 'results for each run', wholeNumber(1_000), 10_000)
          .option('--batch-size <n>', 'records of an invocation; as in production unless given', batchSize, 1_000),
      measure: benchSink,
    },
    interrupted,
  );
}

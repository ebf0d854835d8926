import { Command } from 'commander';
import { type StackFlags, addStackOptions, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { withLocalStack } from '@ad-analytics/local-stack/stack';

/**
 * `stack`: starts the local AWS, Flink and the job, and runs them until Ctrl-C.
 * @param interrupted signal to end
 */
export function stackCommand(interrupted: AbortSignal): Command {
  const command = new Command('stack')
    .description('Start the local AWS (Kinesis), Flink and the packaged job, and keep them running until Ctrl-C.')
    .addHelpText(
      'after',
      '\nWhile it runs, .run/current-stack.json contains its addresses. Exit codes: see tools/README.md.',
    );
  addStackOptions(command, { shards: 2, managedMemory: 512, taskHeap: 512, checkpointSeconds: 10 });
  return command.action(async (flags: StackFlags) => {
    const say = (line: string) => console.error(`. ${line}`);
    await withLocalStack(
      stackOptions('stack', flags, { restart: 'few', onProgress: say }),
      interrupted,
      async (stack) => {
        say('Submitting the job');
        const job = await stack.submit();
        await job.running(interrupted);
        say(`The job runs: ${stack.flink.rest.url}/#/job/running/${job.id}. Ctrl-C stops everything.`);
        await job.watch((cause) => say(`THE JOB FAILED and is restarted: ${cause}`), interrupted);
        say('Stopping');
      },
    );
  });
}

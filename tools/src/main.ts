import { Command } from 'commander';
import { listenForInterrupts } from './interrupts';
import { CommandError } from './local-stack/errors';
import { pipelineCommand } from './pipeline-command';
import { stackCommand } from './stack-command';

const interrupted = listenForInterrupts();
const program = new Command('tools')
  .description('Runs the pipeline on this machine: local AWS, Flink and the packaged application.')
  .addCommand(pipelineCommand(interrupted))
  .addCommand(stackCommand(interrupted));

program.parseAsync(process.argv).then(
  () => process.exit(),
  (error: unknown) => {
    if (error instanceof CommandError) {
      console.error(`\n${error.message}`);
      process.exit(error.exitCode);
    }
    console.error(error);
    process.exit(1);
  },
);

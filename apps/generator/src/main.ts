import { findProjectRoot } from '@ad-analytics/local-stack-address';
import { SettingsError } from '@ad-analytics/pipeline-settings';
import { TrafficSettingsError } from '@ad-analytics/traffic-model';
import { Command, CommanderError } from 'commander';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, GeneratorError } from './errors';
import { listenForInterrupts } from './interrupts';
import { replayCommand } from './replay-command';
import { serveCommand } from './serve-command';

/** @returns the folder of the project that this file is in, as source or as bundle */
function projectRoot(): string {
  const root = findProjectRoot(import.meta.dirname);
  if (root === undefined) throw new GeneratorError(`${import.meta.dirname} is not in a project folder.`, EXIT_USAGE);
  return root;
}

/**
 * @returns exit code for the outcome of the run
 * @throws the error if it is a bug
 */
function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
  if (error instanceof SettingsError || error instanceof TrafficSettingsError) {
    console.error(error.message);
    return EXIT_USAGE;
  }
  if (error instanceof GeneratorError) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error);
  return EXIT_FAILED;
}

async function main(): Promise<number> {
  let exitCode = EXIT_OK;
  const context = {
    root: projectRoot(),
    cwd: process.cwd(),
    interrupts: listenForInterrupts((name) =>
      process.stderr.write(
        `\nStopping (${name}): delivering the pending records. Press Ctrl-C again to discard them.\n`,
      ),
    ),
    output: process.stderr,
    say: (text: string) => console.log(text),
    exit: (code: number) => (exitCode = code),
  };
  const program = new Command('generator')
    .description('Send ad traffic to the pipeline: simulated (serve) or recorded (replay).')
    .exitOverride();
  for (const command of [serveCommand(context), replayCommand(context)]) program.addCommand(command.exitOverride());
  await program.parseAsync(process.argv);
  return exitCode;
}

main()
  .catch(exitCodeFor)
  .then((code) => process.exit(code));

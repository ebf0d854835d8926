import { CommanderError } from 'commander';
import { listenForInterrupts } from '@ad-analytics/command-line/interrupts';
import { reportFailure } from '@ad-analytics/command-line/report-failure';
import { loadCommand } from './commands/load-command';

const WRONG_USAGE = 2;

const interrupted = listenForInterrupts();

/** @returns the exit code, where it differs from `process.exitCode` */
async function run(name: string, args: readonly string[]): Promise<number | undefined> {
  try {
    const command = await loadCommand(name, interrupted);
    if (!command) {
      console.error(`Unknown command "${name}". \`node tools/setup/run.mjs\` lists all commands.`);
      return WRONG_USAGE;
    }
    await command.exitOverride().parseAsync(args, { from: 'user' });
    return undefined;
  } catch (failure) {
    // Commander has printed the help, or the error in the options.
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : WRONG_USAGE;
    const { text, exitCode } = reportFailure(failure, interrupted);
    console.error(`\n${text}`);
    return exitCode;
  }
}

const [name = '', ...args] = process.argv.slice(2);
void run(name, args).then((exitCode) => {
  // process.exit(undefined) would end with 0, whatever process.exitCode is.
  if (exitCode !== undefined) process.exitCode = exitCode;
  process.exit();
});

import { Command, InvalidArgumentError } from 'commander';
import { generatorSpec } from './demo/generator';
import { runDemo } from './demo/run-demo';
import { demoAgrees, demoSummary } from './demo/summary';
import { BOOKS_DO_NOT_BALANCE, CTRL_C } from './exit-codes';
import { InterruptedError } from './interrupts';
import { CommandError } from './local-stack/errors';
import { withLocalStack } from './local-stack/stack';
import { type StackFlags, addStackOptions, stackOptions, wholeNumber } from './stack-options';

/** Short windows, so that there is something to see soon. */
const DEMO_SETTINGS: Readonly<Record<string, string>> = { 'metrics.window.seconds': '10' };

interface DemoFlags extends StackFlags {
  readonly seconds?: number;
  readonly rate: number;
  readonly seed?: number;
  readonly ctr: number;
  readonly table: boolean;
}

/** @throws InvalidArgumentError unless it is a number from 0 to 1 */
function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be from 0 to 1.');
  return value;
}

/** Ctrl-C is the usual end of a demo; whatever else asks it to end gets no summary, only an end. */
function isCtrlC(signal: AbortSignal): boolean {
  return signal.reason instanceof InterruptedError && signal.reason.exitCode === CTRL_C;
}

/**
 * `demo`: simulated traffic through Kinesis and Flink, results live in the terminal.
 * @param interrupted asks it to end
 */
export function demoCommand(interrupted: AbortSignal): Command {
  const command = new Command('demo')
    .description('Simulated ad traffic through Kinesis and Flink, results live in the terminal.')
    .option('--seconds <n>', 'how long to show it, once the job runs (default: until Ctrl-C)', wholeNumber(1))
    .option('--rate <n>', 'events a second', wholeNumber(1), 200)
    .option('--ctr <share>', 'clicks on an impression, on average', share, 0.05)
    .option('--seed <n>', 'repeat the traffic of this number (default: another every time)', wholeNumber(0))
    .option('--table', 'fill the serving table meanwhile, and compare it with the stream at the end', false)
    .addHelpText(
      'after',
      '\nEnds with a summary of what was put in and what came out, and computes all results once more, independently.\n' +
        'Exit code 0: sums and records agree; 5: they do not. Others: see tools/README.md.',
    );
  addStackOptions(command, { shards: 2, managedMemory: 512, taskHeap: 512, checkpointSeconds: 10 });
  return command.action(async (flags: DemoFlags) => {
    const say = (line: string) => console.error(`. ${line}`);
    const options = stackOptions('demo', flags, { restart: 'few', onProgress: say }, DEMO_SETTINGS);
    const { rate, ctr, seed, seconds, table } = flags;
    const outcome = await withLocalStack(options, interrupted, (stack) => {
      const generator = generatorSpec(stack, { rate, ctr, seed });
      const demo = runDemo(stack, { generator, seconds, table, output: process.stdout, say }, interrupted);
      const hurry = new Promise<never>((_, reject) => {
        interrupted.addEventListener('abort', () => {
          if (!isCtrlC(interrupted)) reject(interrupted.reason as Error);
        });
      });
      return Promise.race([demo, hurry]);
    });
    console.log(demoSummary(outcome).join('\n'));
    if (!demoAgrees(outcome)) {
      throw new CommandError('The figures do not agree; what is amiss is said above.', BOOKS_DO_NOT_BALANCE);
    }
  });
}

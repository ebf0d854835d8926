import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { RUN_ROOT } from '@ad-analytics/setup/layout.cjs';
import { DEMO_SETTINGS } from './demo-settings';
import { generatorSpec } from './generator';
import { openPage, pageOpener } from './open-page';
import { runDemo } from './run-demo';
import { reportDemo } from './report-demo';
import { demoAgrees, demoSummary } from './summary';
import { BOOKS_DO_NOT_BALANCE, CTRL_C } from '@ad-analytics/command-line/exit-codes';
import { InterruptedError, nextInterrupt } from '@ad-analytics/command-line/interrupts';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions, stackOptions } from '@ad-analytics/local-stack/stack-options';

const MAX_PORT = 65_535;

interface DemoFlags extends StackFlags {
  readonly seconds?: number;
  readonly rate: number;
  readonly seed?: number;
  readonly ctr: number;
  readonly clockSkewShare?: number;
  readonly clockSkew?: number;
  readonly table: boolean;
  readonly dashboard: boolean;
  readonly port: number;
  readonly open: boolean;
  readonly keep: boolean;
  /** A file; false for none. */
  readonly report?: string | false;
}

function port(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > MAX_PORT)
    throw new InvalidArgumentError(`It must be a number from 0 to ${MAX_PORT}.`);
  return Number(text);
}

/** @throws InvalidArgumentError unless it is a number from 0 to 1 */
function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be from 0 to 1.');
  return value;
}

/** @throws InvalidArgumentError unless it is a number */
function signedSeconds(text: string): number {
  if (text.trim() === '' || !Number.isFinite(Number(text)))
    throw new InvalidArgumentError('It must be a number of seconds.');
  return Number(text);
}

/** Whether the user ended the demo with Ctrl-C, which is its usual end. Other signals end it without a summary. */
function isCtrlC(signal: AbortSignal): boolean {
  return signal.reason instanceof InterruptedError && signal.reason.exitCode === CTRL_C;
}

/** Prints the address of the page, and opens it if a person can see it. */
function announce(url: string, open: boolean): void {
  console.log(`Dashboard: ${url}`);
  const { platform, env, stdout } = process;
  const opener = open ? pageOpener({ platform, env, isTTY: stdout.isTTY === true }) : undefined;
  if (opener !== undefined) openPage(opener, url);
}

/**
 * `demo`: simulated traffic through Kinesis and Flink into the serving table, results live on a page and in the terminal.
 * @param interrupted signal to end
 */
export function demoCommand(interrupted: AbortSignal): Command {
  const command = new Command('demo')
    .description(
      'Run simulated ad traffic through Kinesis and Flink into the serving table, and show the results on a page and in the terminal.',
    )
    .option('--seconds <n>', 'duration, from the start of the job (default: until Ctrl-C)', wholeNumber(1))
    .option('--rate <n>', 'events per second', wholeNumber(1), 200)
    .option('--ctr <share>', 'average number of clicks per impression', share, 0.05)
    .option('--clock-skew-share <share>', 'share of users with a wrong clock (default: none)', share)
    .option(
      '--clock-skew <seconds>',
      'seconds that these clocks are ahead; negative: behind (default: 30)',
      signedSeconds,
    )
    .option('--seed <n>', 'seed: repeats the traffic of an earlier run (default: random)', wholeNumber(0))
    .option('--port <n>', 'port of the page on the loopback interface; 0: any free port', port, 0)
    .option(
      '--no-open',
      'do not open the page in a browser (without a terminal, without a display and in CI it is never opened)',
    )
    .option('--report <file>', 'file for the report of the run (default: .run/demo-report.html of the project)')
    .option('--no-report', 'do not write the report')
    .option('--keep', 'keep the page and the stack running after the summary, until Ctrl-C (again)', false)
    .option('--no-dashboard', 'do not serve the page')
    .option('--no-table', 'do not fill the serving table, and do not serve the page')
    .addHelpText(
      'after',
      '\nPrints the address of the page early. Ctrl-C, or the end of --seconds, stops the traffic; it then writes the\n' +
        'remaining results, prints a summary of input and output, computes all results independently, and compares the stream of\n' +
        'results and the serving table with them, record by record. A second Ctrl-C ends it at once.\n' +
        'Exit code 0: sums and records agree; 5: they do not. Others: see tools/README.md.',
    );
  addStackOptions(command, { shards: 2, managedMemory: 512, taskHeap: 512, checkpointSeconds: 10 });
  return command.action(async (flags: DemoFlags) => {
    const say = (line: string) => console.error(`. ${line}`);
    const options = stackOptions('demo', flags, { restart: 'few', onProgress: say, fastStart: true }, DEMO_SETTINGS);
    const { rate, ctr, seed, seconds, table, clockSkewShare, clockSkew } = flags;
    const dashboard =
      flags.table && flags.dashboard
        ? { port: flags.port, onAddress: (url: string) => announce(url, flags.open) }
        : undefined;
    const agrees = await withLocalStack(options, interrupted, async (stack) => {
      const generator = generatorSpec(stack, { rate, ctr, seed, clockSkewShare, clockSkew });
      const output = process.stdout;
      const demo = runDemo(stack, { generator, seconds, table, dashboard, output, say }, interrupted);
      const hurry = new Promise<never>((_, reject) => {
        interrupted.addEventListener('abort', () => {
          if (!isCtrlC(interrupted)) reject(interrupted.reason as Error);
        });
      });
      const outcome = await Promise.race([demo, hurry]);
      console.log(demoSummary(outcome).join('\n'));
      if (flags.report !== false)
        await reportDemo(stack, outcome, flags.report ?? path.join(RUN_ROOT, 'demo-report.html'));
      if (flags.keep) {
        console.log(
          `\n${outcome.dashboard === undefined ? 'The stack' : `The page ${outcome.dashboard.url}`} stays up until Ctrl-C.`,
        );
        await nextInterrupt(interrupted);
      }
      return demoAgrees(outcome);
    });
    if (!agrees) {
      console.error('\nThe figures do not agree; see the lines above.');
      // Ctrl-C is the usual end, after which an error would not be printed. So this does not throw.
      process.exitCode = BOOKS_DO_NOT_BALANCE;
    }
  });
}

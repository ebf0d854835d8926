import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_TABLE_NAME } from '@ad-analytics/serving-table';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { RUN_ROOT } from '@ad-analytics/setup/layout.cjs';
import { checkedSettings } from '@ad-analytics/event-source-mapping/mapping-settings';
import { MappingTally } from '@ad-analytics/event-source-mapping/mapping-tally';
import { BOOKS_DO_NOT_BALANCE, CTRL_C } from '@ad-analytics/command-line/exit-codes';
import { InterruptedError } from '@ad-analytics/command-line/interrupts';
import { type CurrentStack, currentStackFile } from '@ad-analytics/local-stack/current-stack';
import { CommandError } from '@ad-analytics/command-line/errors';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import { Progress, grouped } from '@ad-analytics/command-line/progress';
import { runSink } from './run-sink';

const PART_FAILED = 3;
const PROGRESS_MS = 1_000;

interface SinkFlags {
  readonly stack: string;
  readonly table: string;
  readonly bundle?: string;
  readonly from: 'TRIM_HORIZON' | 'LATEST';
  readonly batchSize: number;
  readonly batchWindow: number;
  readonly retries: number;
  readonly maxAge: number;
  readonly bisect: boolean;
  readonly untilRead: boolean;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

/** @throws CommandError (exit code 2) when no stack is running */
function readStack(file: string): CurrentStack {
  if (!existsSync(file))
    throw new CommandError(
      `A local stack is not running (missing file: ${file}): start one with \`npm run stack\`.`,
      2,
    );
  return JSON.parse(readFileSync(file, 'utf8')) as CurrentStack;
}

/** @returns the error for the user: a connection error means that the stack has ended */
function explained(error: unknown, endpoint: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ECONNREFUSED' && code !== 'ECONNRESET') return error;
  return new CommandError(`The local AWS at ${endpoint} no longer responds: the stack has ended.`, PART_FAILED);
}

/**
 * `sink`: fills the serving table of the running stack with its results, through the bundled output sink.
 * @param interrupted signal to end
 */
export function sinkCommand(interrupted: AbortSignal): Command {
  return new Command('sink')
    .description('Write the results of the running stack to its serving table, through the bundled output sink.')
    .option(
      '--stack <file>',
      'runtime file of the running stack',
      path.relative(process.cwd(), currentStackFile(RUN_ROOT)),
    )
    .option('--table <name>', 'table to write to', DEFAULT_TABLE_NAME)
    .option('--until-read', 'end when everything in the stream is written (default: at Ctrl-C)', false)
    .addOption(
      new Option('--from <position>', 'where to begin').choices(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
    )
    .option('--batch-size <n>', 'maximum number of records of an invocation', number, 500)
    .option('--batch-window <s>', 'how long to gather records for an invocation, seconds', number, 1)
    .option('--retries <n>', 'how often a failed batch is retried; -1: without limit', number, 10)
    .option('--max-age <s>', 'age from which records are given up, 60 to 604800 seconds; -1: none', number, -1)
    .option('--no-bisect', 'do not split a batch that fails')
    .option('--bundle <file>', 'bundle to run (default: built from the sources)')
    .addHelpText(
      'after',
      '\nExit code 0: all is written, up to Ctrl-C or the end of the stream; 3: the stack is gone; 5: records were given up and\n' +
        'are in the on-failure queue. Dead letters are not failures: they are counted. Others: see tools/README.md.',
    )
    .action(async (flags: SinkFlags) => {
      const settings = checkedSettings({
        batchSize: flags.batchSize,
        maximumBatchingWindowInSeconds: flags.batchWindow,
        maximumRetryAttempts: flags.retries,
        maximumRecordAgeInSeconds: flags.maxAge,
        bisectBatchOnFunctionError: flags.bisect,
        reportBatchItemFailures: true,
        startingPosition: flags.from,
      });
      const stack = readStack(flags.stack);
      if (flags.bundle !== undefined && !existsSync(flags.bundle)) {
        throw new CommandError(`--bundle: file not found: ${flags.bundle}`, 2);
      }
      const { endpoint, region, runFolder } = stack;
      const { streamName } = pipelineSettings(loadPropertyGroups(stack.configFile)).results;
      const kinesis = localKinesisClient(endpoint, region);
      const say = (line: string) => console.error(`. ${line}`);
      const tally = new MappingTally();
      const progress = new Progress('Results written', undefined);
      const timer = setInterval(() => progress.update(tally.processed), PROGRESS_MS);
      const drain = flags.untilRead ? AbortSignal.abort() : new AbortController().signal;
      try {
        const queues = await runSink(
          { endpoint, region, runFolder, streamName, kinesis },
          {
            tableName: flags.table,
            settings,
            bundle: flags.bundle === undefined ? undefined : path.resolve(flags.bundle),
            say,
            observe: (event) => {
              tally.add(event);
              if (event.type === 'failed') say(`A batch failed and is retried: ${event.error}`);
              if (event.type === 'discarded') say(`GIVEN UP: ${event.records.length} records (${event.condition})`);
            },
          },
          { stop: interrupted, drain },
        );
        progress.finish(tally.processed);
        console.log(
          [
            `Records taken by the sink          ${grouped(tally.processed)}`,
            `Failed invocations, retried        ${grouped(tally.failures)}`,
            `Given up, to the on-failure queue  ${grouped(tally.discarded)}`,
            `Messages in the dead-letter queue  ${grouped(queues.deadLetters)}`,
            `Messages in the on-failure queue   ${grouped(queues.onFailure)}`,
          ].join('\n'),
        );
      } catch (error) {
        throw explained(error, endpoint);
      } finally {
        clearInterval(timer);
        kinesis.destroy();
      }
      const ctrlC = interrupted.reason instanceof InterruptedError && interrupted.reason.exitCode === CTRL_C;
      if (interrupted.aborted && !ctrlC) throw interrupted.reason;
      if (tally.discarded > 0) {
        console.error(
          `\n${grouped(tally.discarded)} records were given up; their positions are in the on-failure queue.`,
        );
        // Ctrl-C is the usual end, after which an error would not be printed. So this does not throw.
        process.exitCode = BOOKS_DO_NOT_BALANCE;
      }
    });
}

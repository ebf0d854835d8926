import { parseEventTime } from '@ad-analytics/event-schemas';
import { DEFAULT_TABLE_NAME } from '@ad-analytics/serving-table';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { SourceFlags } from './find-results';

const MAX_PORT = 65_535;

/** Options as commander returns them. */
export interface DashboardFlags extends SourceFlags {
  readonly port: number;
  readonly pollSeconds: number;
  readonly staleSeconds?: number;
  /** File of a finished run, instead of a table. */
  readonly results?: string;
  /** End of the displayed hour, in milliseconds since the epoch. */
  readonly at?: number;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > MAX_PORT)
    throw new InvalidArgumentError(`It must be a number from 0 to ${MAX_PORT}.`);
  return port;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0.2 && seconds <= 86_400))
    throw new InvalidArgumentError('It must be a number of seconds from 0.2 to 86400.');
  return seconds;
}

function parseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError('It must be an http(s) URL.');
  return text;
}

function parseTime(text: string): number {
  try {
    return parseEventTime(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** @param action what the program does @returns its command line */
export function dashboardCommand(action: (flags: DashboardFlags) => Promise<void>): Command {
  return new Command('dashboard')
    .description(
      'Show the results on a live page: reads the serving table or a file of results, and serves http://127.0.0.1:<port>/.',
    )
    .option('--port <n>', 'port on the loopback interface; 0: any free port', parsePort, 0)
    .option('--aws', 'read the table in AWS, with the credentials of the AWS CLI')
    .addOption(
      new Option('--endpoint <url>', 'read from this emulator instead of the local stack')
        .argParser(parseUrl)
        .conflicts('aws'),
    )
    .addOption(
      new Option(
        '--results <file>',
        'show a finished run: the results that `npm run pipeline` wrote, JSONL, plain or gzip',
      ).conflicts(['aws', 'endpoint', 'flink', 'region']),
    )
    .option(
      '--at <time>',
      'with --results: end of the displayed hour, as 2026-11-23T10:00:00.000Z (default: the end of the run)',
      parseTime,
    )
    .option('--region <name>', "AWS region (default: the local stack's, or that of the results stream)")
    .option('--table <name>', 'name of the serving table', DEFAULT_TABLE_NAME)
    .option('--flink <url>', "Flink's REST API (default: the local stack's; none for other sources)", parseUrl)
    .option('--config <file>', "the job's settings (default: the local stack's, or flink/kinesis-config.json)")
    .option('--poll-seconds <n>', 'seconds between reads of the table', parseSeconds, 2)
    .option(
      '--stale-seconds <n>',
      'seconds without a new result after which figures are stale (default: two windows, at least 30)',
      parseSeconds,
    )
    .addHelpText(
      'after',
      '\nPrints its address in one line on standard output when it listens. Ctrl-C ends it.\n' +
        'Exit codes: 0 stopped; 1 the server failed; 2 invalid usage, or no results to read.',
    )
    .exitOverride()
    .action((flags: DashboardFlags) => action(flags));
}

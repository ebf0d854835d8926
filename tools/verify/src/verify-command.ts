import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { RECORD_TYPES, type RecordType, parseEventTime } from '@ad-analytics/event-schemas';
import { DEFAULT_TABLE_NAME } from '@ad-analytics/serving-table';
import { CONFIG_FILE } from '@ad-analytics/setup/layout.cjs';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { CommandError } from '@ad-analytics/command-line/errors';
import { checkFolderOf, checkReportFile } from '@ad-analytics/command-line/output-file';
import { wholeNumber } from '@ad-analytics/command-line/options';
import type { Ledger } from './ledger';
import { progressLines } from './progress-lines';
import { type SourceFlags, resolveSources } from './sources';

interface VerifyFlags extends Omit<SourceFlags, 'table'> {
  /** A name, or true for the default. */
  readonly table?: string | true;
  readonly types: readonly RecordType[];
  readonly examples: number;
  readonly watermark?: number;
  /** A file, or false for none. */
  readonly knownBots?: string | boolean;
  readonly json?: string;
  readonly report?: string;
}

/** Writes the page of `--report`: takes its content and the file to write. */
export type WriteReport = (input: {
  readonly results: string;
  readonly report: string;
  readonly configFile: string;
  readonly verdict: Ledger;
}) => Promise<void>;

function recordTypes(text: string): readonly RecordType[] {
  const types = text.split(',').map((name) => name.trim());
  const unknown = types.filter((name) => !RECORD_TYPES.includes(name as RecordType));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`Unknown record type: ${unknown.join(', ')}. Known: ${RECORD_TYPES.join(', ')}.`);
  return [...new Set(types as RecordType[])];
}

function eventTime(text: string): number {
  try {
    return parseEventTime(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/**
 * `verify`: computes the expected results from the input, and compares.
 * @param writeReport writes the page of `--report`; it is a parameter because it needs the dashboard, on which verify does not depend
 * @param interrupted signal to end
 */
export function verifyCommandWith(writeReport: WriteReport, interrupted: AbortSignal): Command {
  return new Command('verify')
    .description(
      'Verify the results of a run: compute them independently from the raw input with batch SQL, and compare record by record.',
    )
    .option('--impressions <files...>', 'records of the impressions stream, JSONL, plain or gzip')
    .option('--clicks <files...>', 'records of the clicks stream, JSONL, plain or gzip')
    .option('--results <files...>', 'the delivered result records, JSONL, plain or gzip')
    .option(
      '--table [name]',
      `check the serving table (default: ${DEFAULT_TABLE_NAME}) instead of the delivered records`,
    )
    .option('--shards <n>', 'shards of each input stream, for inputs from files', wholeNumber(1), 2)
    .option('--in-file-order', 'inputs from files were sent in the order of the files, not of event times')
    .addOption(
      new Option('--arrival <when>', 'arrival time of the records, for inputs from files')
        .choices(['after', 'now'])
        .default('after'),
    )
    .option('--config <file>', 'settings of the run that is checked (default: see below)')
    .option('--privacy-key <file>', 'key of the pseudonyms, for settings that name a secret')
    .addOption(
      new Option('--types <list>', 'record types to check, comma-separated')
        .argParser(recordTypes)
        .default(RECORD_TYPES, 'all'),
    )
    .option('--watermark <time>', 'watermark of the run; results that become final later may be missing', eventTime)
    .option('--known-bots <file>', 'list of crawlers (default: that of the package crawler-user-agents)')
    .option('--no-known-bots', 'check a job without a list of crawlers')
    .option('--examples <n>', 'examples of each kind of disagreement', wholeNumber(0), 5)
    .option('--json <file>', 'also write the ledger as JSON')
    .option('--report <file>', 'also write a report of the results and of this check; needs one --results file')
    .addHelpText(
      'after',
      `
Without --impressions and --clicks, verify reads the two input streams; without --results, the results stream: of the
running local stack, or of the settings in --config. With files, the default settings are flink/kinesis-config.json.
Exit code 0: all results agree; 5: some differ; 2: invalid usage, or empty inputs. Others: see tools/README.md.`,
    )
    .action(async (flags: VerifyFlags) => {
      const { table, ...rest } = flags;
      if (flags.json !== undefined) checkFolderOf('--json', flags.json);
      const reported = flags.report === undefined ? undefined : reportedResults(flags);
      const { inputs, results, settings, description } = resolveSources(
        { ...rest, ...(table === undefined ? {} : { table: table === true ? DEFAULT_TABLE_NAME : table }) },
        interrupted,
      );
      console.error(`. ${description}`);
      // DuckDB is a native library, so other commands do not load it.
      const [{ verifyLedger }, { loadKnownBots }, { printLedger }] = await Promise.all([
        import('./verify-ledger'),
        import('./known-bots'),
        import('./print-ledger'),
      ]);
      const ledger = await verifyLedger(inputs, results, settings, {
        types: flags.types,
        examples: flags.examples,
        signal: interrupted,
        onProgress: progressLines({ steps: true }),
        ...(flags.watermark === undefined ? {} : { watermark: flags.watermark }),
        ...(flags.knownBots === false
          ? {}
          : { knownBots: loadKnownBots(typeof flags.knownBots === 'string' ? flags.knownBots : undefined) }),
      });
      console.log(printLedger(ledger).join('\n'));
      if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(ledger, null, 2)}\n`);
      if (ledger.impressions.read + ledger.clicks.read === 0)
        throw new CommandError('Both inputs are empty, so nothing was checked. Check the streams or files.', 2);
      let notWritten: unknown;
      if (flags.report !== undefined && reported !== undefined) {
        const configFile = flags.config ?? CONFIG_FILE;
        try {
          await writeReport({ results: reported, report: flags.report, configFile, verdict: ledger });
          console.log(`Report written to ${flags.report}`);
        } catch (error) {
          notWritten = error;
          console.error((error as Error).message);
        }
      }
      // The outcome of the check is more important than a page that could not be written.
      if (!ledger.agrees)
        throw new CommandError('The results differ from those computed from the input.', BOOKS_DO_NOT_BALANCE);
      if (notWritten !== undefined) throw notWritten;
    });
}

/**
 * @returns the results file of the report
 * @throws CommandError unless there is exactly one, or when the report cannot be written
 */
function reportedResults(flags: VerifyFlags): string {
  const report = flags.report as string;
  const { results = [], impressions = [], clicks = [], json, table } = flags;
  const [file, ...more] = results;
  if (file === undefined || more.length > 0 || table !== undefined)
    throw new CommandError('--report shows one file of results: give --results with one file.', 2);
  checkReportFile(report, [file, ...impressions, ...clicks, ...(json === undefined ? [] : [json])]);
  return file;
}

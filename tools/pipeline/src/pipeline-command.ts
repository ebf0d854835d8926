import { existsSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { SOURCES } from '@ad-analytics/event-schemas';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { CommandError } from '@ad-analytics/command-line/errors';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { checkOutputFile, checkReportFile, isSameFile } from '@ad-analytics/command-line/output-file';
import type { Ledger } from '@ad-analytics/result-records/ledger';
import { leftOutLines } from './left-out';
import { refuseOtherForms } from './refuse-other-forms';
import { STANDARD_INPUT, withSpooledInputs } from './spooled-inputs';
import { RECORDED_SETTINGS, runRecorded } from './run-recorded';
import { summarize } from './run-summary';
import { type StackFlags, addStackOptions, stackOptions } from '@ad-analytics/local-stack/stack-options';

interface PipelineFlags extends StackFlags {
  readonly impressions: string;
  readonly clicks: string;
  readonly results: string;
  readonly report?: string;
  readonly inFileOrder?: boolean;
}

/** Writes the page of `--report`: takes its content and the file to write. */
export type WriteReport = (input: {
  readonly results: string;
  readonly report: string;
  readonly configFile: string;
  readonly books: Ledger & { readonly leftOut: readonly string[] };
}) => Promise<void>;

/**
 * Rejects files that cannot be read or written, before anything is started.
 * @throws CommandError (exit code 2)
 */
export function checkFiles(files: { impressions: string; clicks: string; results: string; report?: string }): void {
  for (const input of [files.impressions, files.clicks]) {
    if (input === STANDARD_INPUT) continue;
    if (!existsSync(input)) throw new CommandError(`File not found: ${input}.`, 2);
    if (statSync(input).isDirectory()) throw new CommandError(`${input} is a folder, not a JSONL file.`, 2);
    if (isSameFile(input, files.results))
      throw new CommandError(`${input} is both an input and --results; name another file for the results.`, 2);
  }
  checkOutputFile('--results', files.results);
  if (files.report !== undefined) checkReportFile(files.report, [files.impressions, files.clicks, files.results]);
}

/**
 * `pipeline`: recorded traffic through Kinesis and the packaged job to a file of results.
 * @param writeReport writes the page of `--report`; it is a parameter because it needs the dashboard, on which pipeline does not depend
 * @param interrupted signal to end
 */
export function pipelineCommandWith(writeReport: WriteReport, interrupted: AbortSignal): Command {
  const command = new Command('pipeline')
    .description(
      'Run recorded traffic (JSONL) through Kinesis and the packaged Flink job, and write the results as JSONL.',
    )
    .requiredOption('--impressions <file>', 'impressions, JSONL, plain or gzip; a pipe, or - for standard input')
    .requiredOption('--clicks <file>', 'clicks, in the same formats')
    .requiredOption('--results <file>', 'where to write the result records, JSONL')
    .option('--report <file>', 'also write a report of the results, as one HTML file')
    .option('--in-file-order', 'send the records in the order of the files, not of event times, to test lateness')
    .addHelpText(
      'after',
      '\nExit code 0: every window is closed and the books balance; 5: this is not the case. Others: see tools/README.md.',
    );
  addStackOptions(command, { shards: 2, managedMemory: 1024, taskHeap: 768, checkpointSeconds: 30 });
  return command.action(async (flags: PipelineFlags) => {
    checkFiles(flags);
    const say = (line: string) => console.error(`. ${line}`);
    const options = stackOptions('pipeline', flags, { restart: 'none', onProgress: say }, RECORDED_SETTINGS);
    const inputs = { impression: flags.impressions, click: flags.clicks };
    let configFile = '';
    const run = await withSpooledInputs(inputs, { signal: interrupted }, async (files) => {
      for (const source of SOURCES) await refuseOtherForms(files[source], inputs[source]);
      return withLocalStack(options, interrupted, (stack) => {
        configFile = stack.configFile;
        return runRecorded(
          stack,
          { ...files, results: flags.results },
          { say, signal: interrupted, order: flags.inFileOrder === true ? 'of the file' : 'by time' },
        );
      });
    });
    const { lines, complete } = summarize(run);
    const leftOut = await leftOutLines(run.ledger, flags.results, flags.inFileOrder === true);
    console.log([...lines, ...leftOut].join('\n'));
    console.log(`Results written to ${flags.results}`);
    let notWritten: unknown;
    if (flags.report !== undefined) {
      const books = { ...run.ledger, leftOut };
      try {
        await writeReport({ results: flags.results, report: flags.report, configFile, books });
        console.log(`Report written to ${flags.report}`);
      } catch (error) {
        notWritten = error;
        console.error((error as Error).message);
      }
    }
    // An incomplete run is more important than a report that could not be written.
    if (!complete) throw new CommandError('The run is not complete; see the lines above.', BOOKS_DO_NOT_BALANCE);
    if (notWritten !== undefined) throw notWritten;
  });
}

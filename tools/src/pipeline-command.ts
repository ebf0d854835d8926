import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { BOOKS_DO_NOT_BALANCE } from './exit-codes';
import { CommandError } from './local-stack/errors';
import { withLocalStack } from './local-stack/stack';
import { refuseOtherForms } from './pipeline/refuse-other-forms';
import { RECORDED_SETTINGS, runRecorded } from './pipeline/run-recorded';
import { summarize } from './pipeline/run-summary';
import { type StackFlags, addStackOptions, stackOptions } from './stack-options';

interface PipelineFlags extends StackFlags {
  readonly impressions: string;
  readonly clicks: string;
  readonly results: string;
}

/**
 * Refuses files that cannot be read or written before anything is started.
 * @throws CommandError (exit code 2)
 */
export function checkFiles(files: { impressions: string; clicks: string; results: string }): void {
  for (const input of [files.impressions, files.clicks]) {
    if (!existsSync(input)) throw new CommandError(`There is no file ${input}.`, 2);
    if (statSync(input).isDirectory()) throw new CommandError(`${input} is a folder, not a JSONL file.`, 2);
    if (path.resolve(input) === path.resolve(files.results))
      throw new CommandError(`${input} is both an input and --results; name another file for the results.`, 2);
  }
  const folder = path.dirname(path.resolve(files.results));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new CommandError(`The folder of --results, ${folder}, is not there or not writable.`, 2);
  }
}

/**
 * `pipeline`: recorded traffic through Kinesis and the packaged job to a file of results.
 * @param interrupted asks it to end
 */
export function pipelineCommand(interrupted: AbortSignal): Command {
  const command = new Command('pipeline')
    .description(
      'Send recorded traffic (JSONL) through Kinesis and the packaged Flink job; write the results as JSONL.',
    )
    .requiredOption('--impressions <file>', 'impressions, JSONL, plain or gzip')
    .requiredOption('--clicks <file>', 'clicks, JSONL, plain or gzip')
    .requiredOption('--results <file>', 'where to write the result records, JSONL')
    .addHelpText(
      'after',
      '\nExit code 0: every window is closed and the books balance; 5: they do not. Others: see tools/README.md.',
    );
  addStackOptions(command, { shards: 2, managedMemory: 1024, taskHeap: 768, checkpointSeconds: 30 });
  return command.action(async (flags: PipelineFlags) => {
    checkFiles(flags);
    for (const file of [flags.impressions, flags.clicks]) await refuseOtherForms(file);
    const say = (line: string) => console.error(`. ${line}`);
    const options = stackOptions('pipeline', flags, { restart: 'none', onProgress: say }, RECORDED_SETTINGS);
    const files = { impression: flags.impressions, click: flags.clicks, results: flags.results };
    const run = await withLocalStack(options, interrupted, (stack) =>
      runRecorded(stack, files, { say, signal: interrupted }),
    );
    const { lines, complete } = summarize(run);
    console.log(lines.join('\n'));
    console.log(`Results written to ${flags.results}`);
    if (!complete)
      throw new CommandError('The run is not complete; what is amiss is said above.', BOOKS_DO_NOT_BALANCE);
  });
}

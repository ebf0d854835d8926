import { DeadLetterFile } from '@ad-analytics/kinesis-writer';
import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { type Command, InvalidArgumentError, Option } from 'commander';
import path from 'node:path';
import type { StreamFlags } from './streams';
import { KinesisTarget } from './target/kinesis-target';
import type { OutgoingRecord } from './target/traffic-target';

/** Options of every command that writes to Kinesis. */
export interface TargetFlags extends StreamFlags {
  readonly deadLetters?: string;
}

function parseEndpoint(text: string): string {
  if (!/^https?:$/.test(URL.parse?.(text)?.protocol ?? ''))
    throw new InvalidArgumentError('It must be an http(s) URL.');
  return text;
}

/** Adds the options for the target. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--aws', 'write to AWS, with the credentials of the AWS CLI')
    .addOption(
      new Option('--endpoint <url>', 'write to this emulator instead of the local stack')
        .argParser(parseEndpoint)
        .conflicts('aws'),
    )
    .option('--config <file>', "stream names and settings (default: the local stack's, or flink/kinesis-config.json)")
    .option('--dead-letters <file>', 'file for records that could not be delivered (default: .run/generator/...)');
}

/**
 * @param root folder of the project
 * @param onSettled called with each record that is delivered or kept as a dead letter
 * @returns a target that exists,
 *   and the file for records that it does not accept
 */
export async function openKinesisTarget(
  root: string,
  settings: PipelineSettings,
  flags: TargetFlags,
  onSettled?: (record: OutgoingRecord) => void,
) {
  const name = `dead-letters-${new Date().toISOString().replaceAll(/[-:.]/g, '')}-${process.pid}.jsonl`;
  const deadLetters = new DeadLetterFile(path.resolve(flags.deadLetters ?? path.join(root, '.run', 'generator', name)));
  const target = new KinesisTarget(settings, deadLetters, undefined, onSettled);
  await target.check();
  return { target, deadLetters };
}

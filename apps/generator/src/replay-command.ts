import { Command, Option } from 'commander';
import path from 'node:path';
import type { CommandContext } from './context';
import { EXIT_USAGE, GeneratorError } from './errors';
import { parseSpeed } from './parse-options';
import { ReplayProgress } from './replay/replay-progress';
import { type Shift, recordedSpan, recordedTraffic, shiftToNow } from './replay/recorded-traffic';
import { exitCodeOf, send } from './send';
import { sentText } from './serve-summary';
import { findStreams } from './streams';
import { addTargetOptions, openKinesisTarget, type TargetFlags } from './target-options';

interface ReplayFlags extends TargetFlags {
  readonly impressions: string;
  readonly clicks: string;
  readonly speed: number;
  readonly shiftToNow?: boolean;
  readonly progress?: string;
}

/** `replay`: recorded traffic to Kinesis. */
export function replayCommand({ root, cwd, interrupts, output, say, exit }: CommandContext): Command {
  const command = new Command('replay')
    .description(
      'Send recorded traffic with its original pauses between records: to the local stack, or to AWS (--aws).',
    )
    .requiredOption(
      '--impressions <file>',
      'impressions, JSONL, plain or gzip; lines that are not events are sent unchanged',
    )
    .requiredOption('--clicks <file>', 'clicks, JSONL, plain or gzip')
    .option('--speed <factor>', 'how many times faster than recorded, or "max"', parseSpeed, 1)
    .option('--shift-to-now', 'move all event times so that the recording happens now')
    .addOption(
      new Option(
        '--progress <file>',
        'file for the progress of the replay; if it exists, the replay continues from there',
      ).conflicts('shiftToNow'),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 every record was sent, 1 some records could not be delivered, 2 invalid usage or no target,\n' +
        '130 stopped by Ctrl-C before the end.',
    );
  addTargetOptions(command);
  return command.action(async (flags: ReplayFlags) => {
    const files = { impressions: path.resolve(cwd, flags.impressions), clicks: path.resolve(cwd, flags.clicks) };
    const progress =
      flags.progress === undefined ? undefined : ReplayProgress.open(path.resolve(cwd, flags.progress), files);
    const settings = findStreams(root, flags);
    const { target, deadLetters } = await openKinesisTarget(root, settings, flags, progress?.onSettled);
    let shift: Shift | undefined;
    if (flags.shiftToNow) {
      output.write('Reading the event times of the recording.\n');
      const span = await recordedSpan(files, interrupts.stop);
      if (span === undefined && !interrupts.stop.aborted)
        throw new GeneratorError('--shift-to-now: no record of the recording has a valid event time.', EXIT_USAGE);
      if (span) shift = shiftToNow(span, flags.speed, Date.now());
    }
    output.write(`To ${target.description}.\n`);
    if (progress !== undefined && progress.settled > 0)
      output.write(
        `Skipping ${progress.settled} records that an earlier replay has already handled, according to ${progress.file}.\n`,
      );
    const paced = Number.isFinite(flags.speed);
    let heldBack = 0;
    const traffic = recordedTraffic(files, flags.speed, { shift, ...(progress && { isDone: progress.isDone }) });
    const result = await send(traffic, target, {
      paced,
      interrupts,
      output,
      onSent: (record) => void (heldBack += record.heldBack ? 1 : 0),
    });
    progress?.save();
    say(sentText(result, target.description));
    if (heldBack > 0)
      say(
        `${heldBack} records have an event time far ahead of their place in the recording (a wrong clock). ` +
          'They were sent with the current time; without --shift-to-now they are sent unchanged.',
      );
    if (deadLetters.count > 0) say(`Not delivered: ${deadLetters.count}. The records are in ${deadLetters.file}`);
    if (result.problem) throw result.problem;
    exit(exitCodeOf(result, false, interrupts));
  });
}

import { Command } from 'commander';
import path from 'node:path';
import type { CommandContext } from './context';
import { EXIT_USAGE, GeneratorError } from './errors';
import { parseSpeed } from './parse-options';
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
    .option('--speed <factor>', 'how many times as fast as recorded, or "max"', parseSpeed, 1)
    .option('--shift-to-now', 'move all event times so that the recording happens now')
    .addHelpText(
      'after',
      '\nExit codes: 0 every record was sent, 1 some records could not be delivered, 2 wrong usage or no target,\n' +
        '130 stopped by Ctrl-C before the end.',
    );
  addTargetOptions(command);
  return command.action(async (flags: ReplayFlags) => {
    const files = { impressions: path.resolve(cwd, flags.impressions), clicks: path.resolve(cwd, flags.clicks) };
    const { target, deadLetters } = await openKinesisTarget(root, findStreams(root, flags), flags);
    let shift: Shift | undefined;
    if (flags.shiftToNow) {
      output.write('Reading the event times of the recording.\n');
      const span = await recordedSpan(files, interrupts.stop);
      if (span === undefined && !interrupts.stop.aborted)
        throw new GeneratorError('No record has a valid event time, so nothing is shifted.', EXIT_USAGE);
      if (span) shift = shiftToNow(span, flags.speed, Date.now());
    }
    output.write(`To ${target.description}.\n`);
    const paced = Number.isFinite(flags.speed);
    let heldBack = 0;
    const result = await send(recordedTraffic(files, flags.speed, shift), target, {
      paced,
      interrupts,
      output,
      onSent: (record) => void (heldBack += record.heldBack ? 1 : 0),
    });
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

import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { type Emission, generateTraffic, GroundTruth } from '@ad-analytics/traffic-model';
import { Command } from 'commander';
import path from 'node:path';
import type { CommandContext } from './context';
import { EXIT_USAGE, GeneratorError } from './errors';
import { exitCodeOf, send } from './send';
import { addTrafficOptions, type ServeFlags, trafficSettings } from './serve-options';
import { expectedText, sentText } from './serve-summary';
import { committedConfig, findStreams } from './streams';
import { addTargetOptions, openKinesisTarget } from './target-options';
import { FileTarget } from './target/file-target';
import { LineFile } from './target/line-file';

function checkCombination(flags: ServeFlags): void {
  const refuse = (message: string) => {
    throw new GeneratorError(message, EXIT_USAGE);
  };
  if (flags.outDir === undefined) {
    if (flags.start !== undefined) refuse('--start needs --out-dir: live traffic starts now.');
    if (flags.paced) refuse('--paced needs --out-dir: live traffic is always paced.');
  } else if (flags.duration === undefined && !flags.paced)
    refuse('--out-dir needs --duration or --paced: without them it would fill the disk.');
}

/** Files do not store the send time, so no record in them is too far ahead of its arrival. */
function checkClockSkew({ outDir, clockSkewShare, clockSkew }: ServeFlags, maxFutureSeconds: number): void {
  if (outDir !== undefined && clockSkewShare > 0 && clockSkew > maxFutureSeconds)
    throw new GeneratorError(
      `--clock-skew above max.future.seconds (${maxFutureSeconds}) is possible only with live traffic: files do not store the arrival time, which the rejection depends on.`,
      EXIT_USAGE,
    );
}

/** `serve`: simulated traffic to Kinesis, or to files. */
export function serveCommand({ root, cwd, interrupts, output, say, exit }: CommandContext): Command {
  const command = new Command('serve')
    .description('Simulate ad traffic: to the running local stack, to AWS (--aws), or to files (--out-dir).')
    .addHelpText(
      'after',
      '\nExit codes: 0 every record was sent (Ctrl-C is the regular end without --duration), 1 some could not be delivered,\n' +
        '2 invalid usage or no target, 130 stopped by Ctrl-C before the end.',
    );
  addTrafficOptions(addTargetOptions(command));
  return command.action(async (flags: ServeFlags) => {
    checkCombination(flags);
    const streams =
      flags.outDir === undefined
        ? findStreams(root, flags)
        : pipelineSettings(loadPropertyGroups(flags.config ?? committedConfig(root)));
    const { eventTime } = streams;
    checkClockSkew(flags, eventTime.maxFutureSeconds);
    // Checked before any file is opened.
    const draft = trafficSettings(flags, flags.start ?? Date.now(), eventTime);
    generateTraffic(draft);
    const labels = flags.labels === undefined ? undefined : await LineFile.create(path.resolve(cwd, flags.labels));
    const { target, deadLetters } =
      flags.outDir === undefined
        ? await openKinesisTarget(root, streams, flags)
        : { target: await FileTarget.create(path.resolve(cwd, flags.outDir)), deadLetters: undefined };
    const settings = { ...draft, startTime: flags.start ?? Date.now() };
    output.write(`Seed ${settings.seed}, ${settings.rate} events/s and the scenarios, to ${target.description}.\n`);
    if (flags.duration === undefined) output.write('Until Ctrl-C.\n');

    const truth = new GroundTruth({
      attributionWindowSeconds: streams.attribution.windowSeconds,
      maxOutOfOrdernessSeconds: eventTime.maxOutOfOrdernessSeconds,
      maxFutureSeconds: eventTime.maxFutureSeconds,
    });
    const onSent = async (emission: Emission) => {
      truth.add(emission);
      await labels?.write(JSON.stringify(emission.label));
    };
    const paced = flags.outDir === undefined || flags.paced === true;
    const result = await send(generateTraffic(settings), target, { paced, interrupts, output, onSent });
    await labels?.close();

    say(sentText(result, target.description));
    if (result.counts.failed === 0) say(expectedText(truth.totals()));
    if (deadLetters && deadLetters.count > 0)
      say(`Not delivered: ${deadLetters.count}. The records are in ${deadLetters.file}; the labels also contain them.`);
    if (result.problem) throw result.problem;
    exit(exitCodeOf(result, flags.duration === undefined, interrupts));
  });
}

import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { localSettings } from '@ad-analytics/local-stack/effective-config';
import { CommandError } from '@ad-analytics/command-line/errors';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { Progress } from '@ad-analytics/command-line/progress';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions, stackOptions } from '@ad-analytics/local-stack/stack-options';
import type { Engine } from './engine';
import { type EvaluationPlan, type EvaluationResult, evaluate } from './evaluate';
import { printEvaluation } from './print-evaluation';

interface EvaluateFraudFlags extends StackFlags {
  readonly engine: 'job' | 'oracle';
  readonly tuningSeeds: readonly number[];
  readonly seeds: readonly number[];
  readonly rate: number;
  readonly minutes: number;
  readonly paces: readonly number[];
  readonly listAlone: boolean;
  readonly json?: string;
  /** A folder, or false for none. */
  readonly report?: string | false;
}

const DOCS = path.join(ROOT, 'docs');
/** More seeds are probably a typing error. */
const MAX_SEEDS = 100;

/** @param text "1-5,9", or "none" @returns each seed once, in this order */
export function parseSeeds(text: string): number[] {
  if (text === 'none') return [];
  const seeds = text.split(',').flatMap((part) => {
    const [, from, to = from] = /^\s*(\d{1,9})(?:-(\d{1,9}))?\s*$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from) || Number(to) - Number(from) >= MAX_SEEDS)
      throw new InvalidArgumentError('Give whole numbers and ranges, for example 1-5,9, or none.');
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i);
  });
  return [...new Set(seeds)];
}

/** @param text "0.5,0.25", or "none" */
export function parsePaces(text: string): number[] {
  if (text === 'none') return [];
  return text.split(',').map((part) => {
    const pace = Number(part);
    if (!(pace > 0 && pace < 1))
      throw new InvalidArgumentError('Give numbers between 0 and 1, for example 0.5,0.25, or none.');
    return pace;
  });
}

/** @throws CommandError (exit code 2) for a plan without seeds, or with tuning seeds among the evaluated ones */
export function checkPlan({ tuningSeeds, judgingSeeds }: Pick<EvaluationPlan, 'tuningSeeds' | 'judgingSeeds'>): void {
  if (judgingSeeds.length === 0) throw new CommandError('--seeds: give at least one seed.', 2);
  const both = judgingSeeds.filter((seed) => tuningSeeds.includes(seed));
  if (both.length > 0)
    throw new CommandError(
      `--seeds and --tuning-seeds have ${both.join(', ')} in common: use different seeds for the evaluation.`,
      2,
    );
}

function refuseNoFolder(option: string, folder: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CommandError(`The folder of ${option}, ${folder}, does not exist.`, 2);
}

/**
 * `evaluate-fraud`: evaluates the fraud rules with generated ground truth.
 * @param interrupted signal to end
 */
export function evaluateFraudCommand(interrupted: AbortSignal): Command {
  const command = new Command('evaluate-fraud')
    .description(
      'Evaluate the fraud rules: generate attacks and honest look-alikes, run them through the packaged job, and compare its findings with the ground truth.',
    )
    .addOption(
      new Option(
        '--engine <name>',
        'what applies the rules: the packaged job, or the batch SQL of `verify` (quick, without Flink)',
      )
        .choices(['job', 'oracle'])
        .default('job'),
    )
    .addOption(
      new Option('--seeds <list>', 'seeds to judge on').argParser(parseSeeds).default(parseSeeds('101-110'), '101-110'),
    )
    .addOption(
      new Option('--tuning-seeds <list>', 'seeds that were used to develop the rules, or none')
        .argParser(parseSeeds)
        .default(parseSeeds('1-5'), '1-5'),
    )
    .option('--rate <n>', 'ordinary events per second', wholeNumber(1), 50)
    .option('--minutes <n>', 'event time of each seed', wholeNumber(1), 20)
    .addOption(
      new Option('--paces <list>', 'pace of the slower attackers in a repetition of the judging seeds, or none')
        .argParser(parsePaces)
        .default(parsePaces('0.5,0.25,0.125'), '0.5,0.25,0.125'),
    )
    .option('--no-list-alone', 'do not also evaluate the list of known bots without its exceptions')
    .option('--json <file>', 'also write the figures as JSON')
    .option(
      '--report <folder>',
      'folder for fraud-evaluation.md and .svg (default: docs with --engine job, no report with --engine oracle)',
    )
    .option('--no-report', 'write no report')
    .addHelpText(
      'after',
      `
With slower attackers the rules are always those of the batch SQL. The same seeds and settings give the same report. The figures are optimistic, because the attacks and the rules have the same authors.
Exit codes: 0: the rules were evaluated, whatever the figures are; 5: the run is not complete, or its events are not those of the labels.
Others: see tools/README.md.`,
    );
  addStackOptions(command, { shards: 2, managedMemory: 1024, taskHeap: 768, checkpointSeconds: 60 });
  return command.action(async (flags: EvaluateFraudFlags) => {
    const plan: EvaluationPlan = {
      tuningSeeds: flags.tuningSeeds,
      judgingSeeds: flags.seeds,
      rate: flags.rate,
      minutes: flags.minutes,
      paces: flags.paces,
    };
    checkPlan(plan);
    const report = flags.report ?? (flags.engine === 'job' ? DOCS : false);
    if (report !== false) refuseNoFolder('--report', report);
    if (flags.json !== undefined) refuseNoFolder('--json', path.dirname(path.resolve(flags.json)));
    const result = await (flags.engine === 'job' ? withJob : withOracle)(plan, flags, interrupted);
    console.log(printEvaluation(result).join('\n'));
    if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(result, null, 2)}\n`);
    if (report === false) return;
    const { writeReport } = await import('./write-report');
    for (const file of await writeReport(report, result, flags.engine)) console.log(`Written: ${file}`);
  });
}

async function withJob(
  plan: EvaluationPlan,
  flags: EvaluateFraudFlags,
  signal: AbortSignal,
): Promise<EvaluationResult> {
  const { EVALUATION_SETTINGS, jobEngine } = await import('./job-engine');
  const say = (line: string) => console.error(`. ${line}`);
  const options = stackOptions('evaluate-fraud', flags, { restart: 'none', onProgress: say }, EVALUATION_SETTINGS);
  const slower = await oracle(flags, signal);
  const listAlone = flags.listAlone ? await oracle(flags, signal, null) : undefined;
  return withLocalStack(options, signal, (stack) =>
    evaluate(plan, { usual: jobEngine(stack, { say, signal }), slower, listAlone }, signal),
  );
}

async function withOracle(
  plan: EvaluationPlan,
  flags: EvaluateFraudFlags,
  signal: AbortSignal,
): Promise<EvaluationResult> {
  const engine = await oracle(flags, signal);
  const listAlone = flags.listAlone ? await oracle(flags, signal, null) : undefined;
  return evaluate(plan, { usual: engine, slower: engine, listAlone }, signal);
}

/**
 * @param exceptions to the list of known bots: null for none; default: those of the job
 * @returns an engine that computes the rules like `verify`, with a line of progress for each set of seeds
 */
async function oracle(flags: EvaluateFraudFlags, signal: AbortSignal, exceptions?: null): Promise<Engine> {
  const { loadKnownBots } = await import('@ad-analytics/verify/known-bots');
  const { oracleEngine } = await import('./oracle-engine');
  const { groups } = localSettings(projectEnvironment().configFile, flags.configOverrides, 'http://127.0.0.1');
  return async (traffic) => {
    const progress = new Progress('Seeds computed', traffic.length);
    const knownBots = loadKnownBots(undefined, exceptions);
    const run = await oracleEngine(groups, { onSeed: (done) => progress.update(done), signal, knownBots })(traffic);
    progress.finish(traffic.length);
    return run;
  };
}

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ROOT, RUN_ROOT } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';
import { duration, grouped } from '@ad-analytics/command-line/progress';
import { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { testClassPath } from './class-path';
import { fuzz } from './fuzz';
import { type FuzzedTest, describeFuzzing } from './fuzz-report';
import { FUZZ_TARGETS, type FuzzTarget, type FuzzTest, committedInputs } from './fuzz-tests';
import { JazzerOutput } from './jazzer-output';
import { corpusSize, minimise } from './minimise';
import type { JazzerEnvironment } from './run-jazzer';

const FLINK = path.join(ROOT, 'flink');
const MINUTES = 30;
const ALL = 'all';

interface Flags {
  readonly minutes: number;
  readonly target: FuzzTarget | typeof ALL;
  readonly merge?: boolean;
}

function minutes(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('It must be a number, 0 or more.');
  return value;
}

/** @returns the tests of a target with the seconds for each: the tests of one target share its time */
export function planOf({ target, minutes: each }: Pick<Flags, 'target' | 'minutes'>) {
  const targets = target === ALL ? (Object.keys(FUZZ_TARGETS) as FuzzTarget[]) : [target];
  return targets.flatMap((name) =>
    // Jazzer takes 0 seconds for no limit.
    FUZZ_TARGETS[name].map((test) => ({
      test,
      seconds: Math.max(1, Math.round((each * 60) / FUZZ_TARGETS[name].length)),
    })),
  );
}

/**
 * `fuzz`: coverage-guided fuzzing of what parses the bytes of producers.
 * @param interrupted aborts the command
 */
export function fuzzCommand(interrupted: AbortSignal): Command {
  return new Command('fuzz')
    .description(
      'Search for inputs on which a fuzz test of the job fails, with Jazzer: it changes known inputs and keeps those that reach new branches of the code. What it learns stays in .run/fuzz, and the next run continues from there.',
    )
    .option(
      '--minutes <n>',
      'how long to search for each target; its tests share the time. 0: no search',
      minutes,
      MINUTES,
    )
    .addOption(
      new Option('--target <name>', 'parser: of impressions and clicks; kpl-reader: of aggregated records')
        .choices([...Object.keys(FUZZ_TARGETS), ALL])
        .default(ALL),
    )
    .option(
      '--merge',
      'at the end, replace the committed inputs by the fewest that reach the same branches as all known inputs',
    )
    .addHelpText(
      'after',
      '\nA finding is a file beside the committed inputs. Test-java fails with it until the defect is fixed.\nExit code 0: no finding; 1: findings, listed with their files; 2: invalid usage, or a tool is missing; 3: Jazzer ended by itself.',
    )
    .action(async (flags: Flags) => {
      // libFuzzer starts its helper process for a merge through a shell, without quotes.
      if (flags.merge === true && /\s/.test(ROOT))
        throw new CommandError(`--merge does not work in a folder whose path has spaces: ${ROOT}`, 2);
      const folder = path.join(RUN_ROOT, 'fuzz');
      mkdirSync(folder, { recursive: true });
      const { java } = projectEnvironment();
      console.error('. Compiling the tests of flink');
      const classPath = await testClassPath(FLINK, interrupted);
      const environment = { java, classPath, flink: FLINK, folder, interrupted };
      const plan = planOf(flags);
      const done: FuzzedTest[] = [];
      try {
        if (flags.minutes > 0) for (const { test, seconds } of plan) await search(environment, test, seconds, done);
      } finally {
        if (done.length > 0) console.log(describeFuzzing(done).join('\n'));
      }
      if (flags.merge === true) for (const { test } of plan) await merge(environment, test);
      const findings = done.reduce((sum, { output }) => sum + output.findings.length, 0);
      if (findings > 0) throw new CommandError(`${findings} findings; see above. Output of Jazzer: ${folder}`);
    });
}

async function search(environment: JazzerEnvironment, test: FuzzTest, seconds: number, done: FuzzedTest[]) {
  const output = new JazzerOutput();
  const elapsed = () => (output.startedAt === undefined ? 0 : Date.now() - output.startedAt);
  const say = () =>
    console.error(
      output.startedAt === undefined
        ? `. ${test.name}: starting Jazzer`
        : `. ${test.name}: ${duration(elapsed())} of ${duration(seconds * 1_000)}, ${grouped(output.executions)} executions, ${grouped(output.edges)} branches, ${grouped(output.findings.length)} findings`,
    );
  say();
  try {
    await fuzz(environment, test, seconds, output, say);
  } finally {
    done.push({ test, output, seconds: elapsed() / 1_000 });
  }
}

async function merge(environment: JazzerEnvironment, test: FuzzTest) {
  const folder = committedInputs(FLINK, test);
  const before = corpusSize(folder);
  console.error(`. ${test.name}: minimising the inputs`);
  await minimise(environment, test);
  const after = corpusSize(folder);
  console.log(
    `${test.name}: ${grouped(after.inputs)} committed inputs, ${grouped(after.bytes)} bytes (before: ${grouped(before.inputs)}, ${grouped(before.bytes)} bytes)`,
  );
}

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { runProgram } from '@ad-analytics/command-line/run-program';
import { describeProgress, describeTallies, missingIn, readTallies } from './simulation-report';

const FLINK = path.join(ROOT, 'flink');
/** Folder of the reports, relative to the project, in whose folder Maven runs the tests. */
const REPORT = 'target/simulation';
const SCHEDULES = 10_000;
/** Upper bound of a random seed. */
const SEEDS = 2 ** 31;
const WRONG_USAGE = 2;
const PROGRESS_EVERY_MS = 30_000;
/** How long jqwik searches a smaller form of a failing schedule. */
const SHRINKING_SECONDS = 60;

/** @returns the number of simulations, counted by the names of the Java test classes */
const countSimulations = () =>
  readdirSync(path.join(FLINK, 'src', 'test', 'java'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('Simulation.java'),
  ).length;

/** @returns a seed of jqwik, which is a number of 64 bits with a sign: too large for a number of JavaScript */
export function seedOf(text: string): string {
  if (!/^-?\d{1,19}$/.test(text) || BigInt.asIntN(64, BigInt(text)) !== BigInt(text))
    throw new InvalidArgumentError('It must be a whole number of 64 bits.');
  return text;
}

/**
 * `simulate`: the stateful operators in simulated time.
 * @param interrupted aborts the command
 */
export function simulateCommand(interrupted: AbortSignal): Command {
  return new Command('simulate')
    .description(
      'Run random schedules through the stateful operators of the jar, with a virtual clock: events out of order, watermarks, checkpoints, restarts and crashes with another parallelism. Compare what comes out with plain reference models.',
    )
    .option('--schedules <n>', 'number of schedules, in equal parts for each simulation', wholeNumber(1), SCHEDULES)
    .option(
      '--seed <n>',
      'seed: repeats the schedules of an earlier run, also one that `test-java` prints; then with --schedules 1000 (default: random; the run prints it)',
      seedOf,
    )
    .addHelpText(
      'after',
      '\nPrints a failing schedule as small as it can be made. Exit code 0: every schedule gave the expected results; 1: one did not; 2: invalid usage, or a tool is missing.',
    )
    .action(async (flags: { schedules: number; seed?: string }) => {
      const { schedules, seed = String(Math.floor(Math.random() * SEEDS)) } = flags;
      const simulations = countSimulations();
      const schedulesEach = Math.ceil(schedules / simulations);
      const again = `npx nx run flink:simulate -- --schedules ${schedules} --seed ${seed}`;
      console.log(`Seed ${seed}; repeat with: ${again}`);
      const folder = path.join(FLINK, REPORT);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const timer = setInterval(
        () => console.error(`. ${describeProgress(readTallies(folder), schedulesEach * simulations)}`),
        PROGRESS_EVERY_MS,
      );
      const { code } = await runProgram(
        process.execPath,
        [
          path.join(ROOT, 'tools', 'setup', 'with-toolchain.cjs'),
          ...['maven', '-B', '-ntp', '-q', 'test', '-Dtest=*Simulation'],
          `-Dsimulation.schedules=${schedulesEach}`,
          `-Dsimulation.seed=${seed}`,
          `-Dsimulation.report=${REPORT}`,
          `-Djqwik.shrinking.bounded.seconds=${SHRINKING_SECONDS}`,
        ],
        { cwd: FLINK, env: process.env, interrupted },
      ).finally(() => clearInterval(timer));
      if (code === WRONG_USAGE) throw new CommandError('Maven could not be started; see above.', WRONG_USAGE);
      if (code !== 0) throw new CommandError(`A simulation failed; see above. Repeat with: ${again}`);
      const tallies = readTallies(folder);
      console.log(describeTallies(tallies).join('\n'));
      const missing = missingIn(tallies, { simulations, schedulesEach });
      if (missing) throw new CommandError(`The report is not complete: ${missing}.`);
    });
}

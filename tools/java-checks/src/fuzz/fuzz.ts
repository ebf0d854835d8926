import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PartFailedError } from '@ad-analytics/command-line/errors';
import type { FuzzTest } from './fuzz-tests';
import type { JazzerOutput } from './jazzer-output';
import { type JazzerEnvironment, jazzerLog, runJazzer } from './run-jazzer';

const PROGRESS_EVERY_MS = 30_000;
/** Number of distinct findings after which a test ends early. */
const MAX_FINDINGS = 10;
/** Longer than the timeout of the tests: a slow input is a finding only as a timeout. */
const SLOW_SECONDS = 3_600;

/** @returns folder of the inputs that fuzzing has found; kept, so that the next run continues from them */
export const foundInputs = ({ folder }: JazzerEnvironment, test: FuzzTest) => path.join(folder, test.name);

/**
 * Searches for inputs on which a test fails.
 * @param seconds duration, without the start of Jazzer
 * @param output receives what Jazzer reports, even when the search is interrupted
 * @param onProgress called from time to time
 * @throws PartFailedError when Jazzer ends by itself without a finding, or has run no input or seen no branch; the signal's reason
 */
export async function fuzz(
  environment: JazzerEnvironment,
  test: FuzzTest,
  seconds: number,
  output: JazzerOutput,
  onProgress: () => void,
): Promise<void> {
  const found = foundInputs(environment, test);
  mkdirSync(found, { recursive: true });
  const timer = setInterval(onProgress, PROGRESS_EVERY_MS);
  try {
    const code = await runJazzer(
      environment,
      test,
      [
        `--keep_going=${MAX_FINDINGS}`,
        `-max_total_time=${seconds}`,
        `-report_slow_units=${SLOW_SECONDS}`,
        '-print_final_stats=1',
        found,
      ],
      (line) => output.take(line),
    );
    if (code !== 0 && output.findings.length === 0)
      throw new PartFailedError('Jazzer', `ended with exit code ${code}`, [jazzerLog(environment, test)]);
    if (output.findings.length === 0 && (output.executions === 0 || output.edges === 0))
      throw new PartFailedError(
        'Jazzer',
        `ran ${output.executions} inputs and saw ${output.edges} branches, so it searched nothing`,
        [jazzerLog(environment, test)],
      );
  } finally {
    clearInterval(timer);
  }
}

import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { CONCLUSION } from '@ad-analytics/command-line/check-list';
import { runProgram } from '@ad-analytics/command-line/run-program';
import type { SummaryRow } from './summary-table';
import type { TestTotals } from './test-totals';

/** A run stops Flink and the local AWS before it ends. */
const GRACE_MS = 30_000;

/**
 * @param lines what the command printed
 * @param succeeded whether it ended well
 * @returns its checks, from its last line; a command that ended badly counts as a failure even if all its checks passed
 */
export function checkTotals(lines: readonly string[], succeeded: boolean): TestTotals {
  const conclusion = lines.map((line) => CONCLUSION.exec(line)).findLast((match) => match !== null);
  const [passed = 0, failed = 0, skipped = 0] = (conclusion ?? []).slice(1).map(Number);
  return { passed, failed: succeeded ? failed : Math.max(1, failed), skipped };
}

/**
 * Runs one of the commands of checks in a separate process, its name before each line: several may run at a time.
 * @param args name of the command and its options
 * @param interrupted ends it
 */
export async function runChecks(args: readonly [string, ...string[]], interrupted: AbortSignal): Promise<SummaryRow> {
  const started = Date.now();
  const [name] = args;
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    console.log(`${name}: ${line}`);
  };
  const self = [...process.execArgv, process.argv[1] ?? ''];
  const options = { cwd: ROOT, env: process.env, interrupted, onLine, graceMs: GRACE_MS };
  const { code } = await runProgram(process.execPath, [...self, ...args], options);
  const failures = lines.filter((line) => line.startsWith('FAIL  '));
  // It could not run all its checks: the last lines say why.
  const told = code !== 0 && failures.length === 0 ? lines.slice(-10) : failures;
  return { name, totals: checkTotals(lines, code === 0), ms: Date.now() - started, fromCache: false, failures: told };
}

/**
 * Runs steps in lanes: those of a lane one after the other, the lanes side by side. Most of these runs wait for windows to close or for
 * Terraform, so three share a machine of two cores well.
 * @param lanes the steps
 * @returns what the steps return, in their order; rejects, when all lanes have ended, if a step did
 */
export async function runLanes<T>(lanes: readonly (readonly (() => Promise<T>)[])[]): Promise<T[]> {
  // Settled, so that an interruption waits until every lane has stopped what it had started.
  const results = await Promise.allSettled(
    lanes.map(async (steps) => {
      const done: T[] = [];
      for (const step of steps) done.push(await step());
      return done;
    }),
  );
  return results.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

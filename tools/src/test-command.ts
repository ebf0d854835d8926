import { Command } from 'commander';
import { ROOT, npmProgram } from '../setup/layout.cjs';
import { runDeploymentCheck } from './deployed/run-deployment-check';
import { CheckList } from './e2e/check-list';
import { runE2e } from './e2e/run-e2e';
import { RANDOM_STACK, runRandomCheck } from './random-check/run-random-check';
import { REPLAY_STACK, runReplayCheck } from './replay-check/run-replay-check';
import { type StackFlags, addStackOptions } from './stack-options';
import { checkInBrowser } from './test-run/browser-tests';
import { runNxTasks } from './test-run/nx-tasks';
import { runProgram } from './test-run/run-program';
import { type SummaryRow, summaryTable } from './test-run/summary-table';
import { withTestEmulator } from './test-run/test-emulator';
import { taskTotals } from './test-run/test-totals';
import { UPGRADE_STACK, runUpgradeCheck } from './upgrade-check/run-upgrade-check';

const TARGETS = ['lint', 'typecheck', 'test', 'build', 'package'];
/** What no project's own lint covers. */
const ROOT_FILES = ['*.{json,md,cjs,mjs,yml,yaml}', '.github', '.prettierrc.json', 'docs'];

async function checkFormat(interrupted: AbortSignal): Promise<SummaryRow> {
  const started = Date.now();
  const args = [npmProgram('prettier'), '--check', '--no-error-on-unmatched-pattern', ...ROOT_FILES];
  const { code } = await runProgram(process.execPath, args, { cwd: ROOT, env: process.env, interrupted });
  return {
    name: 'format of root files',
    totals: taskTotals('', code === 0),
    ms: Date.now() - started,
    fromCache: false,
  };
}

/** The end-to-end runs by the name of their command. */
const END_TO_END = {
  e2e: runE2e,
  'e2e-random': (flags: StackFlags, checks: CheckList, interrupted: AbortSignal) =>
    runRandomCheck({ ...flags, ...RANDOM_STACK }, checks, interrupted),
  'e2e-replay': (flags: StackFlags, checks: CheckList, interrupted: AbortSignal) =>
    runReplayCheck({ ...flags, ...REPLAY_STACK }, checks, interrupted),
  'e2e-upgrade': (flags: StackFlags, checks: CheckList, interrupted: AbortSignal) =>
    runUpgradeCheck({ ...flags, ...UPGRADE_STACK }, checks, interrupted),
  'e2e-infra': (_: StackFlags, checks: CheckList, interrupted: AbortSignal) => runDeploymentCheck(checks, interrupted),
};

async function checkEndToEnd(
  name: keyof typeof END_TO_END,
  flags: StackFlags,
  interrupted: AbortSignal,
): Promise<SummaryRow> {
  const started = Date.now();
  const checks = new CheckList((line) => console.log(line));
  await checks.part(`${name} can be run`, () => END_TO_END[name](flags, checks, interrupted));
  interrupted.throwIfAborted();
  const totals = { passed: checks.count('passed'), failed: checks.count('failed'), skipped: checks.count('skipped') };
  return { name, totals, ms: Date.now() - started, fromCache: false };
}

/**
 * `test`: everything there is to check, and a summary of it.
 * @param interrupted asks it to end
 */
export function testCommand(interrupted: AbortSignal): Command {
  const command = new Command('test')
    .description('Lint, types, unit tests, builds and the end-to-end runs of everything.')
    .option('--no-e2e', 'leave out the end-to-end runs')
    .addHelpText('after', '\nThe last line says how many passed and failed. Exit code 0: none failed; 1: some did.');
  addStackOptions(command, { shards: 2, managedMemory: 512, taskHeap: 512, checkpointSeconds: 10 });
  return command.action(async (flags: StackFlags & { e2e: boolean }) => {
    const tasks = await withTestEmulator((env) => runNxTasks(ROOT, TARGETS, interrupted, env));
    const rows: SummaryRow[] = [...tasks, await checkFormat(interrupted)];
    if (flags.e2e) {
      rows.push(await checkInBrowser(interrupted));
      for (const name of ['e2e', 'e2e-random', 'e2e-replay', 'e2e-upgrade', 'e2e-infra'] as const) {
        rows.push(await checkEndToEnd(name, flags, interrupted));
      }
    }
    console.log(`\n${summaryTable(rows).join('\n')}`);
    const failed = rows.filter((row) => row.totals.failed > 0);
    if (failed.length > 0) process.exitCode = 1;
  });
}

import { Command } from 'commander';
import { ROOT, npmProgram } from '@ad-analytics/setup/layout.cjs';
import { checkInBrowser } from './test-run/browser-tests';
import { runChecks, runLanes } from './test-run/end-to-end';
import { runNxTasks } from './test-run/nx-tasks';
import { runProgram } from '@ad-analytics/command-line/run-program';
import { type SummaryRow, failureList, summaryTable } from './test-run/summary-table';
import { withTestEmulator } from '@ad-analytics/local-stack/for-tests/test-emulator';
import { taskTotals } from './test-run/test-totals';

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

/** All end-to-end runs, in lanes that take about as long. */
function checkEndToEnd(interrupted: AbortSignal): Promise<SummaryRow[]> {
  const checks =
    (...args: [string, ...string[]]) =>
    () =>
      runChecks(args, interrupted);
  return runLanes([
    [() => checkInBrowser(interrupted), checks('e2e')],
    [checks('e2e-replay')],
    [checks('e2e-infra'), checks('e2e-random'), checks('e2e-upgrade', '--short')],
  ]);
}

/**
 * `test`: everything there is to check, and a summary of it.
 * @param interrupted aborts the command
 */
export function testCommand(interrupted: AbortSignal): Command {
  const command = new Command('test')
    .description('Run lint, type checks, unit tests, builds and end-to-end runs of all projects.')
    .option('--no-e2e', 'skip the end-to-end runs')
    .addHelpText('after', '\nThe last line says how many passed and failed. Exit code 0: none failed; 1: some did.');
  return command.action(async (flags: { e2e: boolean }) => {
    const tasks = await withTestEmulator((env) => runNxTasks(ROOT, TARGETS, interrupted, env));
    const rows: SummaryRow[] = [...tasks, await checkFormat(interrupted)];
    if (flags.e2e) rows.push(...(await checkEndToEnd(interrupted)));
    console.log(`\n${[...failureList(rows), ...summaryTable(rows)].join('\n')}`);
    const failed = rows.filter((row) => row.totals.failed > 0);
    if (failed.length > 0) process.exitCode = 1;
  });
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { checkIsolation, filesWith } from './isolation/check-isolation';
import { processesWith } from '@ad-analytics/local-stack/processes';
import { ToolProcess } from '@ad-analytics/local-stack/tool-process';

const START_TIMEOUT_SECONDS = 240;
const RESULTS_TIMEOUT_SECONDS = 300;
/** Of PartFailedError. */
const PART_EXIT_CODE = 3;

/** Where the commands are tested, and the signal that ends the test early. */
export interface Target {
  /** Folder of the project, its path with a space. */
  readonly root: string;
  /** Application to run. */
  readonly packageZip: string;
  readonly interrupted: AbortSignal;
  /** Texts of the user's AWS settings, which are in the environment; no process of the stack may receive them. */
  readonly secrets: readonly string[];
}

/** Time that a process may need to end after a signal. No child process may remain afterwards. */
async function leftOver(root: string): Promise<string[]> {
  const commands = () => processesWith(root).map(({ pid, command }) => `${pid} ${command.slice(0, 200)}`);
  for (let attempt = 0; attempt < 50 && commands().length > 0; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return commands();
}

/** Runs the tool, and ends its process afterwards in every case. */
export async function withTool(
  target: Target,
  args: readonly string[],
  use: (tool: ToolProcess) => Promise<void>,
): Promise<void> {
  const tool = new ToolProcess(target.root, args);
  const stop = () => tool.signal('SIGTERM');
  target.interrupted.addEventListener('abort', stop);
  try {
    await use(tool);
  } finally {
    target.interrupted.removeEventListener('abort', stop);
    await tool.stop();
  }
}

/** The demo as a user sees it: it shows figures within a minute; Ctrl-C ends it with a summary and leaves no process. */
export async function checkDemo(target: Target, checks: CheckList): Promise<void> {
  await withTool(target, ['demo', '--rate', '100', '--seed', '7', '--package', target.packageZip], async (demo) => {
    await demo.printed(/The stack is up/, START_TIMEOUT_SECONDS);
    const up = Date.now();
    await demo.printed(/clicks\s+[1-9][\d,]* attributed/, RESULTS_TIMEOUT_SECONDS);
    await demo.printed(/\d+\.\d\d %/, RESULTS_TIMEOUT_SECONDS);
    const [, page = ''] = await demo.printed(/^Dashboard: (http:\/\/127\.0\.0\.1:\d+\/)$/m, RESULTS_TIMEOUT_SECONDS);
    const answer = await fetch(page);
    checks.holds(
      'it prints the address of a page that answers',
      answer.ok && (await answer.text()).includes('<title>Ad analytics</title>'),
      `${page} answers ${answer.status}`,
    );
    console.log(
      `      attributed clicks and CTR showed ${((Date.now() - up) / 1_000).toFixed(0)} s after the stack was up`,
    );
    checks.holds('the demo runs from a folder with a space in its path and shows results', true, '');
    if (demo.pid !== undefined) checkIsolation(demo.pid, target.secrets, checks);
    demo.signal('SIGINT');
    const code = await demo.exitCode();
    const { output } = demo;
    checks.equal('Ctrl-C ends the demo with exit code 0', code, 0);
    checks.holds('the summary of the demo has sums that agree', /books balance/.test(output), output.slice(-3_000));
    checks.holds(
      'an independent computation gives the same records as the demo',
      /Every record is as computed/.test(output),
      output.slice(-3_000),
    );
    checks.holds(
      'the serving table of the demo contains exactly these records',
      /The serving table holds exactly these [\d,]+ results/.test(output),
      output.slice(-3_000),
    );
    const report = path.join(target.root, '.run', 'demo-report.html');
    const html = existsSync(report) ? readFileSync(report, 'utf8') : '';
    checks.holds(
      'the report of the demo has the figures, the ledger and the verdict',
      output.includes(`Report: ${report}`) && /"verdict":\{"agrees":true/.test(html) && /"problems":\[\]/.test(html),
      `${output.slice(-1_000)}\n${html.length} characters in ${report}`,
    );
    checks.equal('all processes of the demo have ended', await leftOver(target.root), []);
    const runs = path.join(target.root, '.run');
    checks.equal("no file of the demo has the user's AWS settings", filesWith(runs, target.secrets), []);
  });
}

/** A stack whose TaskManager is killed must end with an error. */
export async function checkKilledPart(target: Target, checks: CheckList): Promise<void> {
  await withTool(target, ['stack', '--package', target.packageZip], async (stack) => {
    await stack.printed(/The job runs/, START_TIMEOUT_SECONDS);
    const [taskManager] = processesWith(target.root).filter(({ command }) => command.includes('TaskManagerRunner'));
    if (taskManager === undefined) throw new Error('the TaskManager is missing among the processes');
    process.kill(taskManager.pid, 'SIGKILL');
    const code = await stack.exitCode();
    checks.equal('a stack whose TaskManager was killed ends with exit code 3', code, PART_EXIT_CODE);
    checks.holds(
      'a stack whose TaskManager was killed names the failed part',
      /Flink TaskManager was ended by SIGKILL/.test(stack.output),
      stack.output.slice(-2_000),
    );
    checks.equal('all processes of the stack with the killed TaskManager have ended', await leftOver(target.root), []);
  });
}

import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { npmProgram } from '@ad-analytics/setup/layout.cjs';
import { nxEnvironment } from '@ad-analytics/setup/prepare.cjs';
import { FailureLines } from './failure-lines';
import { runProgram } from '@ad-analytics/command-line/run-program';
import { type TestTotals, taskTotals } from './test-totals';

/** Nx's own report of its last run (StoreRunInformationLifeCycle), as far as it is used here. */
const reportSchema = z.object({
  tasks: z.array(
    z.object({
      taskId: z.string(),
      hash: z.string(),
      startTime: z.string(),
      endTime: z.string(),
      cacheStatus: z.string(),
      status: z.number().nullish(),
    }),
  ),
});
const graphSchema = z.object({
  tasks: z.object({
    tasks: z.record(z.string(), z.object({ target: z.object({ project: z.string(), target: z.string() }) })),
  }),
  graph: z.object({
    nodes: z.record(
      z.string(),
      z.object({ data: z.object({ targets: z.record(z.string(), z.object({ executor: z.string().optional() })) }) }),
    ),
  }),
});

/** One task of the run, or of what was to be run. */
export interface TaskOutcome {
  readonly name: string;
  readonly totals: TestTotals;
  readonly fromCache: boolean;
  readonly ms: number;
  /** Of the output of its project, what tells why it failed; empty when it passed. */
  readonly failures: readonly string[];
}

function outputOf(cacheFolder: string, hash: string): string {
  try {
    return readFileSync(path.join(cacheFolder, 'terminalOutputs', hash), 'utf8');
  } catch {
    return '';
  }
}

/**
 * @param graph what `nx run-many --graph=stdout` prints
 * @returns ids of the tasks, without tasks that only group other tasks
 */
export function plannedTasks(graph: unknown): string[] {
  const { tasks, graph: projects } = graphSchema.parse(graph);
  return Object.entries(tasks.tasks)
    .filter(([, { target }]) => projects.nodes[target.project]?.data.targets[target.target]?.executor !== 'nx:noop')
    .map(([id]) => id)
    .sort();
}

/**
 * @param report content of Nx's run.json
 * @param planned ids of all tasks that were to run
 * @param output gives a task's output by its hash; Nx keeps that of a task that passed
 * @param failures of the whole run's output
 * @returns every planned task; one that Nx did not come to counts as skipped
 */
export function taskOutcomes(
  report: unknown,
  planned: readonly string[],
  output: (hash: string) => string,
  failures: FailureLines,
): TaskOutcome[] {
  const { tasks } = reportSchema.parse(report);
  const byId = new Map(tasks.map((task) => [task.taskId, task]));
  return planned.map((name) => {
    const task = byId.get(name);
    if (task === undefined || typeof task.status !== 'number') {
      return { name, totals: { passed: 0, failed: 0, skipped: 1 }, fromCache: false, ms: 0, failures: [] };
    }
    const passed = task.status === 0;
    const told = passed ? [] : failures.of(name.slice(0, name.indexOf(':')));
    return {
      name,
      totals: taskTotals(passed ? output(task.hash) : told.join('\n'), passed),
      fromCache: task.cacheStatus !== 'cache-miss',
      ms: Date.parse(task.endTime) - Date.parse(task.startTime),
      failures: told,
    };
  });
}

/**
 * Runs targets of all projects with Nx, its output streaming to the terminal.
 * @param root folder of the workspace
 * @param targets names
 * @param interrupted ends it with everything it started
 * @param env variables for the tasks, besides those of this process
 * @returns every task; rejects when Nx ends without a report
 */
export async function runNxTasks(
  root: string,
  targets: readonly string[],
  interrupted: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): Promise<TaskOutcome[]> {
  const cacheFolder = path.join(root, '.nx', 'cache');
  const reportFile = path.join(cacheFolder, 'run.json');
  const run = [npmProgram('nx'), 'run-many', '--targets', targets.join(','), '--nxBail=false'];
  const options = { cwd: root, env: { ...nxEnvironment(), ...env }, interrupted };
  const plan = await runProgram(process.execPath, [...run, '--graph=stdout'], { ...options, capture: true });
  const planned = plannedTasks(JSON.parse(plan.output));
  // So that no report of an earlier run can be taken for this one's.
  rmSync(reportFile, { force: true });
  const failures = new FailureLines();
  await runProgram(process.execPath, [...run, '--output-style=stream'], {
    ...options,
    onLine: (line) => {
      console.log(line);
      failures.add(line);
    },
  });
  const report: unknown = JSON.parse(readFileSync(reportFile, 'utf8'));
  return taskOutcomes(report, planned, (hash) => outputOf(cacheFolder, hash), failures);
}

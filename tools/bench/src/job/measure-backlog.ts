import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { CommandError, JobFailedError } from '@ad-analytics/command-line/errors';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import type { FlinkRest } from '@ad-analytics/local-stack/flink-rest';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { runRecorded } from '@ad-analytics/pipeline/run-recorded';
import { summarize } from '@ad-analytics/pipeline/run-summary';
import { writeRecorded } from '@ad-analytics/pipeline/write-recorded';
import { Progress } from '@ad-analytics/command-line/progress';
import { type BacklogPlan, backlog } from './backlog';
import { sampleCpu } from '../cpu-sample';
import { fillOfShards } from './fill';
import type { BacklogFigures } from './job-findings';
import { type Moment, costBetween } from '../measure-job';
import { peakMemory } from '../process-memory';

/** How a backlog is measured. */
export interface MeasurePlan extends BacklogPlan {
  /** Share of the records before the steady state. */
  readonly warmUp: number;
  readonly shards: number;
}

/** @throws Error when Flink does not report it */
function cpuSeconds(rest: FlinkRest): Promise<number> {
  return waitUntil(() => rest.taskManagerCpuSeconds(), {
    intervalMs: 200,
    timeoutMs: 30_000,
    onTimeout: () => new Error(`Flink at ${rest.url} does not report the CPU time of its TaskManagers`),
  });
}

/**
 * Writes a backlog, runs the job on it and measures this run. The figures exclude the generator and the writing to Kinesis.
 * @param stack without a job
 * @param options `say` is called with each step; `signal` ends it
 * @throws CommandError if a record is not accounted for; JobFailedError if the steady state is too short; PartFailedError; the signal's reason
 */
export async function measureBacklog(
  stack: LocalStack,
  plan: MeasurePlan,
  options: { say: (line: string) => void; signal: AbortSignal },
): Promise<BacklogFigures> {
  const folder = path.join(stack.runFolder, 'traffic');
  mkdirSync(folder, { recursive: true });
  const generating = new Progress('Records generated', plan.events);
  const files = await writeRecorded(backlog(plan), folder, {
    onRecord: (records) => generating.update(records),
    signal: options.signal,
  });
  generating.finish(plan.events);
  const { rest } = stack.flink;
  const pid = stack.flink.taskManagerPid();
  const cpu = { before: 0, after: 0 };
  const times = { running: 0, read: 0, drained: 0 };
  const marks: { warm?: Moment; end?: Moment } = {};
  const mark = (taken: number): Moment => ({ taken, at: Date.now(), cpu: sampleCpu(pid) });
  let memory: number | undefined;
  const run = await runRecorded(
    stack,
    { ...files, results: path.join(folder, 'results.jsonl') },
    {
      ...options,
      onRead: (read) => {
        if (read >= plan.warmUp * plan.events) marks.warm ??= mark(read);
        if (read >= plan.events) marks.end ??= mark(read);
      },
      onStep: async (step) => {
        times[step] = Date.now();
        if (step === 'running') cpu.before = await cpuSeconds(rest);
        if (step === 'drained') {
          cpu.after = await cpuSeconds(rest);
          memory = peakMemory(pid);
        }
      },
    },
  );
  const { lines, complete } = summarize(run);
  for (const line of lines) options.say(line);
  if (!complete) throw new CommandError('The run is not complete; see the lines above.', BOOKS_DO_NOT_BALANCE);
  const { warm, end } = marks;
  if (warm === undefined || end === undefined || end.taken === warm.taken)
    throw new JobFailedError('The job was too fast to be measured: give more events.');
  const events = run.put.put.impression + run.put.put.click;
  return {
    events,
    eventsByShard: {
      impression: await fillOfShards(files.impression, plan.shards),
      click: await fillOfShards(files.click, plan.shards),
    },
    results: run.results.tally.records,
    steady: costBetween(warm, end, memory),
    whole: {
      cpuMicrosPerEvent: ((cpu.after - cpu.before) * 1e6) / events,
      seconds: (times.drained - times.running) / 1_000,
      secondsAfterTheLastRecord: (times.drained - times.read) / 1_000,
    },
  };
}

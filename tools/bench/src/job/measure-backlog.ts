import path from 'node:path';
import type { FlinkRest } from '@ad-analytics/local-stack/flink-rest';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { runRecorded } from '@ad-analytics/pipeline/run-recorded';
import { summarize } from '@ad-analytics/pipeline/run-summary';
import { writeRecorded } from '@ad-analytics/pipeline/write-recorded';
import { Progress } from '@ad-analytics/command-line/progress';
import { type BacklogPlan, backlog } from './backlog';
import { fillOfShards } from './fill';
import type { Measurement } from './measurement';
import { peakMemory } from '../process-memory';

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
 * @param folder for the traffic and the results
 * @param options `shards` of each stream; `say` is called with each step; `signal` ends it
 * @returns `complete` if every record is accounted for; otherwise the differences
 * @throws CommandError, PartFailedError, JobFailedError; the signal's reason
 */
export async function measureBacklog(
  stack: LocalStack,
  plan: BacklogPlan,
  folder: string,
  options: { shards: number; say: (line: string) => void; signal: AbortSignal },
): Promise<{ measured: Measurement; complete: boolean }> {
  const generating = new Progress('Records generated', plan.events);
  const files = await writeRecorded(backlog(plan), folder, {
    onRecord: (records) => generating.update(records),
    signal: options.signal,
  });
  generating.finish(plan.events);
  const { rest } = stack.flink;
  const cpu = { before: 0, after: 0 };
  let memory: number | undefined;
  const times = { running: 0, read: 0, drained: 0 };
  const run = await runRecorded(
    stack,
    { ...files, results: path.join(folder, 'results.jsonl') },
    {
      ...options,
      onStep: async (step) => {
        times[step] = Date.now();
        if (step === 'running') cpu.before = await cpuSeconds(rest);
        if (step === 'drained') {
          cpu.after = await cpuSeconds(rest);
          memory = peakMemory(stack.flink.taskManagerPid());
        }
      },
    },
  );
  const { lines, complete } = summarize(run);
  for (const line of lines) options.say(line);
  return {
    complete,
    measured: {
      events: run.put.put.impression + run.put.put.click,
      eventsByShard: {
        impression: await fillOfShards(files.impression, options.shards),
        click: await fillOfShards(files.click, options.shards),
      },
      results: run.results.tally.records,
      readMs: times.read - times.running,
      drainMs: times.drained - times.read,
      cpuSeconds: cpu.after - cpu.before,
      peakMemory: memory,
    },
  };
}

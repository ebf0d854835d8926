import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { generatorSpec } from '@ad-analytics/demo/generator';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import { countRecords } from '@ad-analytics/local-stack/kinesis/count-records';
import type { ManagedProcess } from '@ad-analytics/local-stack/managed-process';
import { coresIfPossible } from '@ad-analytics/local-stack/on-cores';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import type { StackFlags } from '@ad-analytics/local-stack/stack-options';
import { waitUntilRead } from '@ad-analytics/pipeline/wait-until-read';
import { whileJobRuns } from '@ad-analytics/pipeline/while-job-runs';
import type { Ledger } from '@ad-analytics/verify/ledger';
import { printLedger } from '@ad-analytics/verify/print-ledger';
import { verifyStack } from '@ad-analytics/verify/verify-stack';
import type { BenchSession, Findings } from '../bench-session';
import { readArrivals, stopGenerator, withBenchStack } from '../bench-stack';
import { percentilesOf } from '../percentiles';
import { ClickLatencies } from './click-latencies';
import type { Span } from './growth';
import { findings } from './load-findings';
import { type ResourceSample, readResources } from './resources';

/** Shares of the plan's rate. */
export const LOAD = 0.8;
export const OVERLOAD = 1.5;

const MS_PER_SECOND = 1_000;
const MS_PER_MINUTE = 60_000;
const CTR = 0.05;
const SAMPLE_EVERY_MS = 5_000;
/** When stopped, the generator sends its buffered events. */
const GENERATOR_GRACE_MS = 120_000;
/** The job has recovered when its lag was so many times in a row at most that of 95 % of the samples under load, and this much more. */
const RECOVERED_SAMPLES = 3;
const RECOVERED_SLACK_MS = 1_000;
const RECOVERY_TIMEOUT_MS = 30 * MS_PER_MINUTE;

/** How the load is measured. */
export interface LoadPlan extends StackFlags {
  /** Events per second that count as 100 %. */
  readonly rate: number;
  readonly seed: number;
  readonly runs: number;
  readonly warmUpSeconds: number;
  readonly minutes: number;
  readonly overloadSeconds: number;
}

/** One run. */
export interface LoadRun {
  readonly samples: readonly ResourceSample[];
  /** The load that is measured, and the overload after it. */
  readonly load: Span;
  readonly overload: Span;
  /** From the end of the overload until the lag was as before. */
  readonly recoveryMs: number;
  /** Lag that counted as recovered. */
  readonly recoveredLagMs: number;
  readonly clicks: ClickLatencies;
  readonly completedCheckpoints: number;
  readonly failedCheckpoints: number;
  /** Records in the input streams, all of which the job has read. */
  readonly events: number;
  readonly ledger: Ledger;
}

/**
 * One core for each subtask, as a Kinesis Processing Unit has one vCPU: the emulated Kinesis and the generator then have other cores, and the
 * streams of a long run fit into the memory.
 * @returns undefined if this machine cannot limit the TaskManager to these cores, or has no others
 */
export function coresOf({ parallelism }: Pick<LoadPlan, 'parallelism'>): number | undefined {
  return parallelism < availableParallelism() ? coresIfPossible(parallelism) : undefined;
}

/** @returns what the job uses under load for a long time, and how it recovers from an overload */
export async function benchLoad(plan: LoadPlan, session: BenchSession): Promise<Findings> {
  const runs: LoadRun[] = [];
  for (let run = 1; run <= plan.runs; run += 1) {
    session.say(`Run ${run} of ${plan.runs}`);
    runs.push(
      await withBenchStack(`load-${run}`, plan, session, (stack) => loadRun(stack, plan, session), coresOf(plan)),
    );
  }
  return findings(plan, runs);
}

/** @param name of the generator's folder */
function startGenerator(stack: LocalStack, name: string, rate: number, seed: number): ManagedProcess {
  const runFolder = path.join(stack.runFolder, name);
  mkdirSync(runFolder, { recursive: true });
  return stack.parts.start(generatorSpec({ ...stack, runFolder }, { rate, seed, ctr: CTR }).process);
}

async function loadRun(stack: LocalStack, plan: LoadPlan, session: BenchSession): Promise<LoadRun> {
  const { say, signal } = session;
  say('Submitting the job');
  const job = await stack.submit();
  await job.running(signal);
  // Flink counts checkpoints that were due before all tasks ran as failed.
  const failedAtStart = await job.rest.failedCheckpoints(job.id);
  const samples: ResourceSample[] = [];
  const done = new AbortController();
  const sampling = sample(stack, job, samples, AbortSignal.any([signal, done.signal]));
  let spans: Pick<LoadRun, 'load' | 'overload' | 'recoveryMs' | 'recoveredLagMs'>;
  try {
    const flowing = whileJobRuns(job, signal, () => underLoad(stack, plan, samples, session));
    spans = await Promise.race([flowing, sampling.then(() => flowing)]);
  } finally {
    done.abort();
    await sampling.catch(() => {});
  }
  say('Waiting until the job has read everything');
  const { impressions, clicks } = stack.settings;
  const put = {
    impression: await countRecords(stack.kinesis, impressions.streamName),
    click: await countRecords(stack.kinesis, clicks.streamName),
  };
  await waitUntilRead(job, put, { signal, onProgress: () => {} });
  const completedCheckpoints = await job.rest.completedCheckpoints(job.id);
  const failedCheckpoints = (await job.rest.failedCheckpoints(job.id)) - failedAtStart;
  await job.drain(signal);
  say('Verifying all results');
  const ledger = await verifyStack(stack, signal);
  if (!ledger.agrees) throw new JobFailedError(`The results are wrong:\n${printLedger(ledger).join('\n')}`);
  const latencies = new ClickLatencies();
  await readArrivals(stack, (record, arrivalMs) => latencies.add(record, arrivalMs));
  return {
    ...{ samples, ...spans, completedCheckpoints, failedCheckpoints, ledger },
    clicks: latencies,
    events: put.impression + put.click,
  };
}

/** Collects samples until the signal comes. */
async function sample(stack: LocalStack, job: FlinkJob, samples: ResourceSample[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    samples.push(await readResources(stack, job));
    await sleep(SAMPLE_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

async function underLoad(
  stack: LocalStack,
  plan: LoadPlan,
  samples: readonly ResourceSample[],
  { say, signal }: BenchSession,
): Promise<Pick<LoadRun, 'load' | 'overload' | 'recoveryMs' | 'recoveredLagMs'>> {
  const wait = (seconds: number) => sleep(seconds * MS_PER_SECOND, undefined, { signal });
  const { rate } = plan;
  const steadyRate = Math.round(rate * LOAD);
  const steady = startGenerator(stack, 'steady', steadyRate, plan.seed);
  say(`${steadyRate} events/s; ${plan.warmUpSeconds} s of warm-up`);
  await wait(plan.warmUpSeconds);
  const from = Date.now();
  for (let minute = 1; minute <= plan.minutes; minute += 1) {
    await wait(60);
    say(`Minute ${minute} of ${plan.minutes}: ${Math.round(samples.at(-1)?.lagMs ?? NaN)} ms behind the clock`);
  }
  const load = { from, to: Date.now() };
  const more = startGenerator(stack, 'overload', Math.round(rate * OVERLOAD) - steadyRate, plan.seed + 1);
  say(`${Math.round(rate * OVERLOAD)} events/s for ${plan.overloadSeconds} s`);
  await wait(plan.overloadSeconds);
  await stopGenerator(more, GENERATOR_GRACE_MS);
  const overload = { from: load.to, to: Date.now() };
  const lags = samples.flatMap(({ at, lagMs }) =>
    lagMs !== undefined && at >= load.from && at < load.to ? [lagMs] : [],
  );
  const recoveredLagMs = (percentilesOf(lags)?.p95 ?? 0) + RECOVERED_SLACK_MS;
  say(`The overload is over; waiting until the job is at most ${recoveredLagMs} ms behind`);
  const recovered = await waitUntil(async () => recoveredAt(samples, overload.to, recoveredLagMs), {
    intervalMs: MS_PER_SECOND,
    timeoutMs: RECOVERY_TIMEOUT_MS,
    onTimeout: () =>
      new JobFailedError(
        `The job did not recover from the overload within ${RECOVERY_TIMEOUT_MS / MS_PER_MINUTE} min.`,
      ),
    signal,
  });
  await stopGenerator(steady, GENERATOR_GRACE_MS);
  return { load, overload, recoveryMs: recovered - overload.to, recoveredLagMs };
}

/**
 * @param after end of the overload, milliseconds since the epoch
 * @param lagMs greatest lag that counts as recovered
 * @returns when the lag was first so small and stayed so, milliseconds since the epoch; undefined if it was not
 */
export function recoveredAt(
  samples: readonly Pick<ResourceSample, 'at' | 'lagMs'>[],
  after: number,
  lagMs: number,
): number | undefined {
  let [since, count]: [number | undefined, number] = [undefined, 0];
  for (const sample of samples) {
    if (sample.at < after || sample.lagMs === undefined) continue;
    if (sample.lagMs > lagMs) [since, count] = [undefined, 0];
    else [since, count] = [since ?? sample.at, count + 1];
    if (count === RECOVERED_SAMPLES) return since;
  }
  return undefined;
}

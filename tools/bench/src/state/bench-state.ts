import { withBenchCluster } from '../bench-cluster';
import type { BenchSession, Findings } from '../bench-session';
import type { ClusterFlags } from '../graph-options';
import { jobCluster } from '../job-cluster';
import type { PreparedInput } from '../prepared-input';
import { waitUntilTaken } from '../wait-until-taken';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import type { CheckpointDetails } from '@ad-analytics/local-stack/flink-rest';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { Progress } from '@ad-analytics/command-line/progress';
import { recordsTaken } from '../progress-files';
import { findings } from './state-findings';

/** How the state is measured. */
export interface StatePlan extends ClusterFlags {
  readonly seed: number;
  /** Impressions within an attribution window while the state is watched. */
  readonly live: number;
  /** Attribution windows that it is watched for. */
  readonly windows: number;
  /** Impressions within an attribution window when the job must recover. */
  readonly recoveryLive: number;
  readonly runs: number;
  readonly parallelism: number;
}

/** The state at one moment of a run. */
export interface StatePoint {
  /** Event time since the start, in attribution windows. */
  readonly windows: number;
  readonly liveImpressions: number;
  readonly stateBytes: number;
  /** Bytes of state by operator. */
  readonly byOperator: Readonly<Record<string, number>>;
  readonly writtenBytes: number;
  readonly milliseconds: number;
}

/** A crash of the TaskManager and what followed. */
export interface Recovery {
  readonly liveImpressions: number;
  readonly stateBytes: number;
  /** Bytes of state by operator. */
  readonly byOperator: Readonly<Record<string, number>>;
  /** From the crash to the first records that the job takes again. */
  readonly milliseconds: number;
}

/** The attribution window of the settings, seconds. */
const WINDOW_SECONDS = 600;
const CHECKPOINTS_A_WINDOW = 2;
/** Share of impressions in all events, for the size of the input. */
const IMPRESSIONS = 0.95;
/** Events that are left when the TaskManager is killed; the job goes on while a checkpoint is taken and another TaskManager starts. */
const AFTER_THE_CRASH = 500_000;
const RECOVERY_TIMEOUT_MS = 5 * 60_000;
const DETAILS_TIMEOUT_MS = 30_000;

/** @returns how large the state is, how it grows, what a checkpoint costs, and how long a recovery takes */
export async function benchState(plan: StatePlan, session: BenchSession): Promise<Findings> {
  const rate = Math.ceil(plan.live / WINDOW_SECONDS / IMPRESSIONS);
  const input = await session.prepare(inputPlan(plan, rate, rate * WINDOW_SECONDS * plan.windows));
  const runs: StatePoint[][] = [];
  for (let run = 1; run <= plan.runs; run += 1) runs.push(await watchState(plan, input, rate, run, session));
  const recoveryRate = Math.ceil(plan.recoveryLive / WINDOW_SECONDS / IMPRESSIONS);
  const large = await session.prepare(inputPlan(plan, recoveryRate, recoveryRate * WINDOW_SECONDS + AFTER_THE_CRASH));
  const recoveries: Recovery[] = [];
  for (let run = 1; run <= plan.runs; run += 1) recoveries.push(await crash(plan, large, recoveryRate, run, session));
  return findings(plan, runs, recoveries);
}

function inputPlan(plan: StatePlan, rate: number, events: number) {
  return { events, seed: plan.seed, rate, shards: plan.parallelism };
}

/** @returns impressions that are within an attribution window when so many events were taken, for traffic of one rate */
export function liveImpressions(
  input: Pick<PreparedInput, 'events' | 'byStream'>,
  rate: number,
  taken: number,
): number {
  const seconds = Math.min(WINDOW_SECONDS, taken / rate);
  return Math.round(seconds * rate * (input.byStream.impressions / input.events));
}

/** A checkpoint, and the bytes of its state by operator. */
type Checkpoint = CheckpointDetails & { readonly byOperator: Readonly<Record<string, number>> };

/** Takes a checkpoint. Flink shows what is known of it only some seconds later. */
async function takeCheckpoint(job: FlinkJob, signal: AbortSignal): Promise<Checkpoint> {
  const id = await job.checkpoint(signal);
  const details = await waitUntil(() => job.rest.checkpointDetails(job.id, id).catch(() => undefined), {
    intervalMs: 200,
    timeoutMs: DETAILS_TIMEOUT_MS,
    onTimeout: () => new JobFailedError(`Flink shows no details of checkpoint ${id}.`),
    signal,
  });
  return { ...details, byOperator: stateByOperator((await job.rest.job(job.id)).vertices, details.tasks) };
}

async function watchState(plan: StatePlan, input: PreparedInput, rate: number, run: number, session: BenchSession) {
  const { signal } = session;
  return withBenchCluster(
    await jobCluster(`growth-${run}`, input, plan, session),
    signal,
    async ({ folder, submit }) => {
      const job = await submit();
      await job.running(signal);
      const progress = new Progress(`State over ${plan.windows} windows, run ${run} of ${plan.runs}`, input.events);
      const points: StatePoint[] = [];
      const steps = plan.windows * CHECKPOINTS_A_WINDOW;
      for (let step = 1; step <= steps; step += 1) {
        const due = Math.floor((input.events * step) / steps);
        await waitUntilTaken(job, folder, due, { signal, onProgress: (taken) => progress.update(taken) });
        const taken = recordsTaken(folder);
        const { state_size, checkpointed_size, end_to_end_duration, byOperator } = await takeCheckpoint(job, signal);
        points.push({
          windows: taken / rate / WINDOW_SECONDS,
          liveImpressions: liveImpressions(input, rate, taken),
          stateBytes: state_size,
          byOperator,
          writtenBytes: checkpointed_size,
          milliseconds: end_to_end_duration,
        });
      }
      progress.finish(input.events);
      return points;
    },
  );
}

async function crash(
  plan: StatePlan,
  input: PreparedInput,
  rate: number,
  run: number,
  session: BenchSession,
): Promise<Recovery> {
  const { signal } = session;
  const all = { ...(await jobCluster(`recovery-${run}`, input, plan, session)), restart: 'few' as const };
  return withBenchCluster(all, signal, async ({ flink, folder, submit }) => {
    const job = await submit();
    await job.running(signal);
    const progress = new Progress(
      `Filling the state before the crash, run ${run} of ${plan.runs}`,
      rate * WINDOW_SECONDS,
    );
    const enough = rate * WINDOW_SECONDS;
    await waitUntilTaken(job, folder, enough, { signal, onProgress: (taken) => progress.update(taken) });
    progress.finish(enough);
    let live = 0;
    let stateBytes = 0;
    let byOperator: Recovery['byOperator'] = {};
    await flink.crashTaskManager(async () => {
      live = liveImpressions(input, rate, recordsTaken(folder));
      ({ state_size: stateBytes, byOperator } = await takeCheckpoint(job, signal));
    });
    const crashed = Date.now();
    // The new process counts from 0.
    const before = recordsTaken(folder);
    await waitUntil(async () => (isNewCount(recordsTaken(folder), before) ? true : undefined), {
      intervalMs: 50,
      timeoutMs: RECOVERY_TIMEOUT_MS,
      onTimeout: () =>
        new JobFailedError(`The job took no records within ${RECOVERY_TIMEOUT_MS / 60_000} min after the crash.`),
      signal,
    });
    return { liveImpressions: live, stateBytes, byOperator, milliseconds: Date.now() - crashed };
  });
}

/**
 * @param vertices of the job; the name of one is that of its operators, joined by arrows
 * @param states bytes of state by vertex, of one checkpoint
 * @returns bytes of state by the first operator of each vertex that has any
 */
export function stateByOperator(
  vertices: readonly { readonly id: string; readonly name: string }[],
  states: Readonly<Record<string, { readonly state_size: number }>>,
): Record<string, number> {
  const names = new Map(vertices.map(({ id, name }) => [id, name.split(' -> ', 1)[0] ?? name]));
  return Object.fromEntries(
    Object.entries(states).flatMap(([id, { state_size }]) =>
      state_size > 0 ? [[names.get(id) ?? id, state_size]] : [],
    ),
  );
}

/** @returns whether the count is that of a process that has started again and has taken records */
export function isNewCount(now: number, before: number): boolean {
  return now > 0 && now < before;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { peakMemory } from './process-memory';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import { Progress } from '@ad-analytics/command-line/progress';
import type { BenchCluster } from './bench-cluster';
import { type CpuSample, sampleCpu } from './cpu-sample';
import { recordsTaken } from './progress-files';

const SAMPLE_MS = 250;
/** Number of samples after which to ask Flink whether the job still runs. */
const SAMPLES_A_CHECK = 8;
const STALL_MS = 180_000;

/** What a table with a column of {@link JobFigures.checkpoints} says about it. */
export const CHECKPOINTS_NOTE =
  'A checkpoint writes the changed state to disk. The column "checkpoints" has the number of those completed in the steady state.';

/** Cost of one run of a job in its steady state, that is after the warm-up. */
export interface JobFigures {
  /** Events of the steady state, and how long it was. */
  readonly events: number;
  readonly seconds: number;
  /** Checkpoints that were completed in it: each writes the changed state to disk, so a steady state without one costs less. */
  readonly checkpoints: number;
  readonly cpuMicrosPerEvent: number;
  readonly eventsPerSecond: number;
  /** CPU time by thread, microseconds an event, the most costly first. */
  readonly threads: readonly { readonly name: string; readonly micros: number }[];
  /** Peak memory of the TaskManager in bytes. */
  readonly peakMemory: number | undefined;
}

/** A moment of a run. */
export interface Moment {
  readonly taken: number;
  readonly at: number;
  readonly cpu: CpuSample;
}

interface Mark extends Moment {
  /** Completed so far. */
  readonly checkpoints: number;
}

/** @returns the figures between two moments of a run */
export function figuresBetween(from: Mark, to: Mark, memory: number | undefined): JobFigures {
  return { ...costBetween(from, to, memory), checkpoints: to.checkpoints - from.checkpoints };
}

/** @returns the same without the checkpoints */
export function costBetween(from: Moment, to: Moment, memory: number | undefined): Omit<JobFigures, 'checkpoints'> {
  const events = to.taken - from.taken;
  const micros = (seconds: number) => (seconds * 1e6) / events;
  const threads = Object.entries(to.cpu.byThread)
    .map(([name, seconds]) => ({ name, micros: micros(seconds - (from.cpu.byThread[name] ?? 0)) }))
    .filter((thread) => thread.micros > 0)
    .sort((a, b) => b.micros - a.micros);
  const seconds = (to.at - from.at) / 1_000;
  return {
    events,
    seconds,
    cpuMicrosPerEvent: micros(to.cpu.total - from.cpu.total),
    eventsPerSecond: events / seconds,
    threads,
    peakMemory: memory,
  };
}

/** The job read all records before its steady state could be measured. */
export class TooFastError extends JobFailedError {}

/**
 * Watches a job until it has read all prepared records. The job contains about the same number of unfinished records at both ends of the
 * steady state, so no correction for them is made.
 * @param job just submitted
 * @param options `title` of the progress; `warmUp`: share of the records before the steady state; `signal` ends it
 * @throws JobFailedError when it fails or reads nothing for long
 */
export async function measureJob(
  cluster: BenchCluster,
  job: FlinkJob,
  options: { title: string; warmUp: number; signal: AbortSignal },
): Promise<JobFigures> {
  const { events } = cluster.input;
  const progress = new Progress(options.title, events);
  const pid = cluster.flink.taskManagerPid();
  const mark = () => ({ taken: recordsTaken(cluster.folder), at: Date.now(), cpu: sampleCpu(pid) });
  const withCheckpoints = async (now: Moment): Promise<Mark> => ({
    ...now,
    checkpoints: await job.rest.completedCheckpoints(job.id),
  });
  await job.running(options.signal);
  let warm: Mark | undefined;
  let lastMove = { taken: -1, at: Date.now() };
  for (let samples = 1; ; samples += 1) {
    const now = mark();
    progress.update(now.taken);
    if (now.taken >= events) {
      progress.finish(now.taken);
      if (warm === undefined) throw new TooFastError('The job was too fast to be measured: give more events.');
      return figuresBetween(warm, await withCheckpoints(now), peakMemory(pid));
    }
    if (warm === undefined && now.taken >= options.warmUp * events) warm = await withCheckpoints(now);
    if (now.taken > lastMove.taken) lastMove = now;
    else if (now.at - lastMove.at > STALL_MS)
      throw new JobFailedError(
        `The job has taken ${now.taken} of ${events} records, and then none for ${STALL_MS / 1_000} s.`,
      );
    if (samples % SAMPLES_A_CHECK === 0) await checkRuns(job);
    await sleep(SAMPLE_MS, undefined, { signal: options.signal });
  }
}

async function checkRuns(job: FlinkJob): Promise<void> {
  const { state } = await job.details();
  if (state === 'RUNNING') return;
  // It tells why.
  await job.running();
}

import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailedError } from '../local-stack/errors';
import type { FlinkJob } from '../local-stack/job';

const POLL_MS = 1_000;
/** Flink refreshes its metrics every second or so: so many equal readings mean that nothing moves any more. */
const QUIET_READINGS = 3;
const STALL_TIMEOUT_MS = 180_000;

/** How far a job is. */
export interface JobProgress {
  /** Records that each source has emitted, by name of the source's vertex. */
  readonly read: ReadonlyMap<string, number>;
  /** Records that have passed through all operators together: stands still when the job has nothing to do. */
  readonly moved: number;
}

/** @returns metric names that count what an operator has emitted; the source's own come first in the vertex's chain */
export function sourceMetric(names: readonly string[]): string | undefined {
  return names.find((name) => /^Source_.*\.numRecordsOut$/.test(name));
}

/** @returns how far the job is, from the metrics of its vertices */
export async function jobProgress(job: FlinkJob): Promise<JobProgress> {
  const { vertices } = await job.details();
  const read = new Map<string, number>();
  let moved = 0;
  await Promise.all(
    vertices.map(async (vertex) => {
      const names = await job.rest.metricNames(job.id, vertex.id);
      const source = sourceMetric(names);
      const counters = names.filter((name) => name.endsWith('numRecordsIn') || name.endsWith('numRecordsOut'));
      if (counters.length === 0) return;
      for (const metric of await job.rest.metrics(job.id, vertex.id, counters)) {
        moved += metric.sum;
        if (metric.id === source) read.set(vertex.name, metric.sum);
      }
    }),
  );
  return { read, moved };
}

/**
 * Waits until the job has read and processed all that was put into its streams. The criterion: its sources have emitted as
 * many records as were put (each record of a stream leaves the source as exactly one, rejected ones too), and then no
 * operator has taken or emitted a record over several readings.
 * @param expected number of records in all input streams
 * @param options `onProgress` is told the records read so far; `signal` ends the wait
 * @throws JobFailedError when nothing moves for a long time and records are missing
 */
export async function waitUntilRead(
  job: FlinkJob,
  expected: number,
  options: { onProgress: (read: number) => void; signal: AbortSignal },
): Promise<void> {
  let last = -1;
  let quiet = 0;
  let lastMove = Date.now();
  for (;;) {
    options.signal.throwIfAborted();
    const progress = await jobProgress(job);
    const read = [...progress.read.values()].reduce((sum, n) => sum + n, 0);
    options.onProgress(read);
    if (progress.moved === last) quiet += 1;
    else {
      quiet = 0;
      last = progress.moved;
      lastMove = Date.now();
    }
    if (read >= expected && quiet >= QUIET_READINGS) return;
    if (Date.now() - lastMove > STALL_TIMEOUT_MS) {
      throw new JobFailedError(
        `The job has read ${read} of ${expected} records and then nothing for ${STALL_TIMEOUT_MS / 1000} s; ` +
          `look at ${job.rest.url} or at the logs of the run (--keep keeps its state, too)`,
      );
    }
    await sleep(POLL_MS, undefined, { signal: options.signal });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import type { JobCounts } from '@ad-analytics/result-records/ledger';
import type { BySource } from '@ad-analytics/result-records/result-tally';
import { type JobProgress, jobProgress } from './job-progress';

const POLL_MS = 1_000;
/** Flink refreshes its metrics about every second: after this many equal readings, the job has no work left. */
const EQUAL_READINGS = 3;
const STALL_TIMEOUT_MS = 180_000;

/**
 * Waits until the job has read and processed all records of its streams: its sources have emitted as many records as were sent, and then
 * the record counts of all operators have not changed over several readings.
 * @param put number of records that were sent to each input stream
 * @param options `onProgress` is told the records read so far; `signal` ends the wait
 * @returns the counters of the job
 * @throws JobFailedError when no operator makes progress for a long time and records are missing, or the job lacks the counters
 */
export async function waitUntilRead(
  job: Pick<FlinkJob, 'rest' | 'id' | 'details'>,
  put: BySource,
  options: { onProgress: (read: number) => void; signal: AbortSignal; pollMs?: number },
): Promise<JobCounts> {
  const expected = put.impression + put.click;
  let last: JobProgress | undefined;
  let equalReadings = 0;
  let lastMove = Date.now();
  for (;;) {
    options.signal.throwIfAborted();
    const progress = await jobProgress(job);
    const read = progress.read.impression + progress.read.click;
    options.onProgress(read);
    if (progress.moved === last?.moved) equalReadings += 1;
    else {
      equalReadings = 0;
      lastMove = Date.now();
    }
    last = progress;
    if (read >= expected && equalReadings >= EQUAL_READINGS) {
      if (progress.counts !== undefined) return progress.counts;
      throw new JobFailedError('Flink does not report the counters of duplicate, late and rejected events.');
    }
    if (Date.now() - lastMove > STALL_TIMEOUT_MS) {
      throw new JobFailedError(
        `The job has read ${read} of ${expected} records and then none for ${STALL_TIMEOUT_MS / 1000} s; ` +
          `look at ${job.rest.url} while it runs, or at its logs`,
      );
    }
    await sleep(options.pollMs ?? POLL_MS, undefined, { signal: options.signal });
  }
}

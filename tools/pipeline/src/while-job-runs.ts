import type { FlinkJob } from '@ad-analytics/local-stack/job';

/**
 * Does something while a job runs.
 * @param signal ends the watch of the job
 * @returns what the work returns
 * @throws JobFailedError if the job fails meanwhile; the work's own error
 */
export async function whileJobRuns<T>(job: FlinkJob, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  const watched = job.watch(() => {}, AbortSignal.any([signal, done.signal]));
  // It returns only when the signal comes or the job finishes, which the work notices itself.
  const failed = watched.then(() => new Promise<never>(() => {}));
  try {
    return await Promise.race([work(), failed]);
  } finally {
    done.abort();
  }
}

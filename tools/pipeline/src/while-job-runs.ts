import type { FlinkJob } from '@ad-analytics/local-stack/job';

/**
 * Calls `work` while a job runs.
 * @param signal ends the watch of the job
 * @returns the result of `work`
 * @throws JobFailedError if the job fails meanwhile; the error of `work`
 */
export async function whileJobRuns<T>(job: FlinkJob, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  const watched = job.watch(() => {}, AbortSignal.any([signal, done.signal]));
  // It returns only at the signal or when the job finishes, which `work` detects itself.
  const failed = watched.then(() => new Promise<never>(() => {}));
  try {
    return await Promise.race([work(), failed]);
  } finally {
    done.abort();
  }
}

import { JobFailedError } from '@ad-analytics/command-line/errors';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { recordsTaken } from './progress-files';

const POLL_MS = 100;
const TIMEOUT_MS = 30 * 60_000;

/**
 * Waits until a job has taken so many of the prepared records.
 * @param folder of its cluster
 * @param onProgress is told the records so far
 * @returns how many it has taken then
 * @throws JobFailedError when it ends, or takes too long
 */
export async function waitUntilTaken(
  job: FlinkJob,
  folder: string,
  records: number,
  options: { signal: AbortSignal; onProgress?: (taken: number) => void },
): Promise<number> {
  let polls = 0;
  return waitUntil(
    async () => {
      polls += 1;
      // Asked now and then: it would cost the job CPU time.
      if (polls % 50 === 0 && (await job.details()).state !== 'RUNNING') await job.running(options.signal);
      const taken = recordsTaken(folder);
      options.onProgress?.(taken);
      return taken >= records ? taken : undefined;
    },
    {
      intervalMs: POLL_MS,
      timeoutMs: TIMEOUT_MS,
      onTimeout: () => new JobFailedError(`The job did not take ${records} records within ${TIMEOUT_MS / 60_000} min.`),
      signal: options.signal,
    },
  );
}

import { classifyError, errorMessage } from '@ad-analytics/kinesis-writer';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { ShardSource } from './gather-batches';
import type { BatchOptions } from './process-batch';
import { retryDelayMs } from './retry-delay';

/** Maximum number of consecutive errors. With pauses of at most 5 s this is about five minutes; then Kinesis counts as unavailable. */
const MAX_FAILURES = 120;

/** The source itself throws a CommandError, for example for a closed shard. */
function mayPass(error: unknown): boolean {
  return !(error instanceof CommandError) && ['throttled', 'transient'].includes(classifyError(error));
}

type Patience = Pick<BatchOptions, 'clock' | 'random' | 'observe' | 'stop'>;

/**
 * Repeats a request to Kinesis after a transient error: a throttled request, a server error, a broken connection or response. Lambda
 * continues to poll after any error, but the SDK alone fails after a few attempts.
 * @param options clock, jitter, a callback for errors, and the signal that ends the waiting
 * @returns the response; undefined when it was stopped
 * @throws permanent errors, and the last of very many consecutive errors
 */
export async function patiently<T>(request: () => Promise<T>, options: Patience): Promise<T | undefined> {
  const { clock, random, observe, stop } = options;
  for (let failures = 1; ; failures += 1) {
    try {
      return await request();
    } catch (error) {
      if (!mayPass(error) || failures > MAX_FAILURES) throw error;
      observe({ type: 'unread', error: errorMessage(error) });
      await clock.wait(retryDelayMs(failures, random()), stop);
      if (stop.aborted) return undefined;
    }
  }
}

/** @param source that keeps its position when a read fails @returns a source that retries, see `patiently` */
export function patientSource(source: ShardSource, options: Patience): ShardSource {
  return { read: async () => (await patiently(() => source.read(), options)) ?? { records: [], atEnd: false } };
}

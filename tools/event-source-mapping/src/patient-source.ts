import { classifyError, errorMessage } from '@ad-analytics/kinesis-writer';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { ShardSource } from './gather-batches';
import type { BatchOptions } from './process-batch';
import { retryDelayMs } from './retry-delay';

/** With pauses of at most 5 s, about five minutes: then Kinesis is taken to be gone. */
const MOST_FAILURES = 120;

/** A CommandError is what the source itself has found out, such as a closed shard. */
function mayPass(error: unknown): boolean {
  return !(error instanceof CommandError) && ['throttled', 'transient'].includes(classifyError(error));
}

type Patience = Pick<BatchOptions, 'clock' | 'random' | 'observe' | 'stop'>;

/**
 * Asks Kinesis again after an error that may pass: a throttled request, a server error, a broken connection or answer. Lambda goes on polling
 * whatever Kinesis answers; the SDK alone gives up after a few attempts.
 * @param options clock, jitter, who is called with each error, and what ends the waiting
 * @returns what the request returns; undefined when it was stopped
 * @throws the errors that do not pass, and the last of very many in a row
 */
export async function patiently<T>(request: () => Promise<T>, options: Patience): Promise<T | undefined> {
  const { clock, random, observe, stop } = options;
  for (let failures = 1; ; failures += 1) {
    try {
      return await request();
    } catch (error) {
      if (!mayPass(error) || failures > MOST_FAILURES) throw error;
      observe({ type: 'unread', error: errorMessage(error) });
      await clock.wait(retryDelayMs(failures, random()), stop);
      if (stop.aborted) return undefined;
    }
  }
}

/** @param source that keeps its place when a read fails @returns one that reads again, see `patiently` */
export function patientSource(source: ShardSource, options: Patience): ShardSource {
  return { read: async () => (await patiently(() => source.read(), options)) ?? { records: [], atEnd: false } };
}

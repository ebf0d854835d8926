import { EXIT_FAILED, EXIT_OK } from './errors';
import type { Interrupts } from './interrupts';
import { clockPace, noPace } from './pace';
import { type ProgressOutput, showProgress } from './progress-line';
import type { OutgoingRecord, TargetCounts, TrafficTarget } from './target/traffic-target';

/** The outcome of a run. */
export interface SendResult {
  readonly counts: TargetCounts;
  /** True if the user stopped the run before its end. */
  readonly stopped: boolean;
  readonly elapsedMs: number;
  /** Why the target stopped accepting records; undefined if it did not. */
  readonly problem: Error | undefined;
}

/**
 * Sends records in order until the end, or until it is stopped, and then delivers pending records.
 * @param records in order of arrival
 * @param options `paced`: each at its time, otherwise as fast as the target accepts them; `onSent` is called with each
 *   record after the target has accepted it
 */
export async function send<R extends OutgoingRecord>(
  records: Iterable<R> | AsyncIterable<R>,
  target: TrafficTarget,
  options: {
    paced: boolean;
    interrupts: Interrupts;
    output: ProgressOutput;
    onSent?: (record: R) => Promise<void> | void;
  },
): Promise<SendResult> {
  const { stop, giveUp } = options.interrupts;
  const end = AbortSignal.any([stop, target.broken]);
  const started = performance.now();
  const pace = options.paced ? clockPace(end) : noPace(end);
  const endProgress = showProgress(
    () => target.counts(),
    () => pace.behindMs,
    options.output,
  );
  giveUp.addEventListener('abort', () => target.abort(), { once: true });
  try {
    for await (const record of records) {
      if (!(await pace.until(record.arrivalMs))) break;
      await target.put(record);
      await options.onSent?.(record);
    }
  } finally {
    await target.close();
    endProgress();
  }
  return {
    counts: target.counts(),
    stopped: stop.aborted,
    elapsedMs: performance.now() - started,
    problem: target.broken.aborted ? (target.broken.reason as Error) : undefined,
  };
}

/**
 * @param result of a run
 * @param endless whether the run is endless, so that a stop is its regular end
 * @returns exit code of the process
 */
export function exitCodeOf(result: SendResult, endless: boolean, interrupts: Interrupts): number {
  if (result.problem || result.counts.failed > 0) return EXIT_FAILED;
  if (result.stopped && !endless) return interrupts.exitCode() ?? EXIT_OK;
  return EXIT_OK;
}

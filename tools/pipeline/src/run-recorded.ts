import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { Progress } from '@ad-analytics/command-line/progress';
import { type Ledger, drawUpLedger } from '@ad-analytics/result-records/ledger';
import { type CollectedResults, collectResults } from './collect-results';
import { type KeyOf, type PutSummary, type RecordOrder, type RecordedFiles, putRecorded } from './put-recorded';
import { waitUntilRead } from './wait-until-read';
import { whileJobRuns } from './while-job-runs';

/**
 * Default settings for a recording. All records are in the streams before the job starts, so no shard is idle before its end, and the drain
 * closes the last windows. So the idle timeout is long: a pause of the machine must not make a shard idle.
 */
export const RECORDED_SETTINGS: Readonly<Record<string, string>> = { 'idle.timeout.seconds': '3600' };

/** Steps of a run: the job is running, has read and processed every record, has closed every window. */
export type RunStep = 'running' | 'read' | 'drained';

/** Outcome of a run over recorded traffic, including the ledger. */
export interface RecordedRun {
  readonly put: PutSummary;
  readonly results: CollectedResults;
  readonly ledger: Ledger;
}

/**
 * Runs recorded traffic through a running stack: sends it to Kinesis, runs the packaged job until every window is closed, and writes the
 * results to a file.
 * @param stack without a job
 * @param files recorded traffic and `results`, the file to write
 * @param options `say` is called with each step; `signal` ends the run; `order` and `keyOf` of the records: see
 *   putRecorded; `onStep` is called and awaited at each step of the job; `onRead` is called about each second with the number of records
 *   that the job has read
 * @throws CommandError, PartFailedError, JobFailedError; the signal's reason
 */
export async function runRecorded(
  stack: LocalStack,
  files: RecordedFiles & { readonly results: string },
  options: {
    say: (line: string) => void;
    signal: AbortSignal;
    order?: RecordOrder;
    keyOf?: KeyOf;
    onStep?: (step: RunStep) => Promise<void>;
    onRead?: (read: number) => void;
  },
): Promise<RecordedRun> {
  const { say, signal, onStep } = options;
  const writing = new Progress('Records sent to Kinesis');
  const put = await putRecorded(stack.settings, files, {
    ...(options.order === undefined ? {} : { order: options.order }),
    ...(options.keyOf === undefined ? {} : { keyOf: options.keyOf }),
    signal,
    onProgress: (records) => writing.update(records),
  });
  const total = put.put.impression + put.put.click;
  writing.finish(total);
  say('Submitting the job');
  const job = await stack.submit();
  await job.running(signal);
  await onStep?.('running');
  const reading = new Progress('Records read by the job', total);
  const counts = await whileJobRuns(job, signal, () =>
    waitUntilRead(job, put.put, {
      signal,
      onProgress: (read) => {
        reading.update(read);
        options.onRead?.(read);
      },
    }),
  );
  reading.finish(total);
  await onStep?.('read');
  say('Closing the last windows');
  await job.drain(signal);
  await onStep?.('drained');
  const collecting = new Progress('Result records written');
  const results = await collectResults(stack.kinesis, {
    stream: stack.settings.results.streamName,
    file: files.results,
    signal,
    onProgress: (records) => collecting.update(records),
  });
  collecting.finish(results.tally.records + results.invalid);
  return { put, results, ledger: drawUpLedger(put, counts, results.tally) };
}

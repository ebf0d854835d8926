import { KinesisWriter, type UserRecord, createKinesisClient, kinesisApi } from '@ad-analytics/kinesis-writer';
import type { StreamSettings } from '@ad-analytics/pipeline-settings';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { keyOfArrival } from '@ad-analytics/local-stack/chosen-arrivals';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { waitUntilRead } from '@ad-analytics/pipeline/wait-until-read';
import { Progress } from '@ad-analytics/command-line/progress';
import { ReplayRun } from '../replay-check/replay-run';
import { verifyRun } from '../replay-check/run-checks';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import type { BySource } from '@ad-analytics/result-records/result-tally';
import { userRecords } from '@ad-analytics/local-stack/kinesis/aggregated-record';
import { printLedger } from '@ad-analytics/verify/print-ledger';
import { writtenTypes } from '@ad-analytics/verify/verify-stack';
import { type HostileRecord, hostileRecords } from './hostile-records';

/** Below the request limit of the emulator, which is lower than that of Kinesis. */
const MAX_REQUEST_BYTES = 4 << 20;
const PROBLEMS_SHOWN = 5;

/** @returns how many events the job reads of a record: one of a plain record, each part of an aggregated one */
const eventsIn = ({ data }: HostileRecord) =>
  userRecords({ data, sequenceNumber: '0', partitionKey: '', arrivalTime: 0 }).length;

/**
 * Puts the records into the streams of a run, in their order, with their arrival times.
 * @returns how many events the job must read of each stream
 * @throws CommandError if a stream does not accept a record
 */
async function putHostileRecords(
  run: ReplayRun,
  records: Iterable<HostileRecord>,
  signal: AbortSignal,
): Promise<BySource> {
  const problems: string[] = [];
  const writerOf = ({ streamName, region, endpoint }: StreamSettings) =>
    new KinesisWriter<UserRecord>({
      api: kinesisApi(createKinesisClient({ region, endpoint })),
      streamName,
      maxInFlight: 1,
      maxRequestBytes: MAX_REQUEST_BYTES,
      maxRecordBytes: 1 << 20,
      onFailed: (_, { code, message }) => problems.push(`${streamName}: ${code}, ${message}`),
    });
  const writers = { impressions: writerOf(run.settings.impressions), clicks: writerOf(run.settings.clicks) };
  const put = { impressions: 0, clicks: 0 };
  const progress = new Progress('Hostile records sent to Kinesis');
  let count = 0;
  try {
    for (const record of records) {
      signal.throwIfAborted();
      const partitionKey = keyOfArrival(record.arrival, record.key, SHARD_FILL.length);
      await writers[record.stream].put({ data: record.data, partitionKey });
      put[record.stream] += eventsIn(record);
      progress.update((count += 1));
    }
    await Promise.all(Object.values(writers).map((writer) => writer.close()));
  } catch (error) {
    for (const writer of Object.values(writers)) writer.abort().catch(() => {});
    throw error;
  }
  progress.finish(count);
  if (problems.length > 0)
    throw new CommandError(`Records could not be sent: ${problems.slice(0, PROBLEMS_SHOWN).join('; ')}`);
  return { impression: put.impressions, click: put.clicks };
}

/**
 * Runs hostile records through the job: the job must not fail, must account for each record, and must give the results of the independent computation.
 * @param stack without a running job, whose records set their arrival times; the check adds separate streams
 * @param plan `seed`, and number of `records`
 */
export async function checkHostileRecords(
  stack: LocalStack,
  plan: { readonly seed: number; readonly records: number },
  checks: CheckList,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const run = await ReplayRun.prepare(stack, 'hostile', { 'idle.timeout.seconds': '3600' }, signal);
  try {
    const put = await putHostileRecords(run, hostileRecords(plan), signal);
    const job = await run.start();
    const total = put.impression + put.click;
    const reading = new Progress('Events read by the job', total);
    const counts = await waitUntilRead(job, put, { signal, onProgress: (read) => reading.update(read) });
    reading.finish(total);
    checks.equal('hostile records: the job was not restarted', await job.rest.restarts(job.id), 0);
    say('Closing the last windows');
    await job.drain(signal);
    checks.equal('hostile records: no task failed', await job.rest.exceptions(job.id), []);
    const ledger = await verifyRun(stack, run, writtenTypes(stack.runFolder));
    console.log(printLedger(ledger).join('\n'));
    checks.holds(
      'hostile records: an independent computation gives the same records',
      ledger.agrees,
      'see the ledger above',
    );
    for (const [source, line] of [
      ['impression', ledger.impressions],
      ['click', ledger.clicks],
    ] as const) {
      const { read, rejected, late, duplicates, accepted } = line;
      checks.equal(`hostile records: every ${source} that was sent is read`, read, put[source]);
      checks.equal(
        `hostile records: the job counts the same ${source}s rejected, late and repeated`,
        [counts.rejected[source], counts.late[source], counts.duplicates[source]],
        [rejected, late, duplicates],
      );
      checks.holds(
        `hostile records: ${source}s are rejected, late, repeated and accepted, and nothing else`,
        read === rejected + late + duplicates + accepted && Math.min(rejected, late, duplicates, accepted) > 0,
        JSON.stringify(line),
      );
    }
  } finally {
    await run.close();
  }
}

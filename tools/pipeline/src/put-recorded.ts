import { SOURCES, type Source } from '@ad-analytics/event-schemas';
import { type KinesisApi, KinesisWriter, createKinesisClient, kinesisApi } from '@ad-analytics/kinesis-writer';
import type { PipelineSettings, StreamSettings } from '@ad-analytics/pipeline-settings';
import {
  type InputRecord,
  inTimeOrder,
  inputRecord,
  isBlank,
  mergeByTime,
  recordLines,
} from '@ad-analytics/recorded-traffic';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { BySource } from '@ad-analytics/result-records/result-tally';

const PROBLEMS_KEPT = 10;

/** Recorded traffic: one JSONL file for each kind of event, plain or gzip. */
export type RecordedFiles = Readonly<Record<Source, string>>;

/** Counts of the records that were sent to the streams. */
export interface PutSummary {
  /** Records in each stream. */
  readonly put: BySource;
  /** Records that the streams rejected. */
  readonly failed: number;
  /** The reason for the first of them. */
  readonly problems: readonly string[];
  /** Records that had to be sent again; their order in the shard may have changed. */
  readonly retried: number;
}

/** @returns the partition key of a record in the stream of its source */
export type KeyOf = (source: Source, record: InputRecord) => string;

/** The order in which the records of each file are sent. */
export type RecordOrder = 'by time' | 'of the file';

async function* recordsOf(file: string): AsyncGenerator<InputRecord> {
  let line = 0;
  try {
    for await (const bytes of recordLines(file)) {
      line += 1;
      if (!isBlank(bytes)) yield { ...inputRecord(bytes), line };
    }
  } catch (error) {
    throw new CommandError(`${file} cannot be read after line ${line}: ${(error as Error).message}`, 2);
  }
}

/** @returns a client for the service of a stream */
function connect({ region, endpoint }: StreamSettings): KinesisApi {
  return kinesisApi(createKinesisClient({ region, endpoint }));
}

/**
 * Sends recorded traffic to the streams in the order of arrival: both files are merged by event time. The order of each file is kept in
 * every shard, unless the records are sorted. Memory is bounded.
 * @param target streams with their endpoint
 * @param files to read
 * @param options `order` of the records, by default that of the file; `keyOf` replaces the partition key of a record; `onProgress` is
 * called with the number of records sent so far; `signal` ends it; `api` replaces the client of a stream, for tests
 * @throws CommandError (exit code 2) when a file cannot be read; the signal's reason
 */
export async function putRecorded(
  target: Pick<PipelineSettings, 'impressions' | 'clicks'>,
  files: RecordedFiles,
  options: {
    order?: RecordOrder;
    keyOf?: KeyOf;
    onProgress: (records: number) => void;
    signal: AbortSignal;
    api?: (stream: StreamSettings) => KinesisApi;
  },
): Promise<PutSummary> {
  const problems: string[] = [];
  const keyOf = options.keyOf ?? ((_, { partitionKey }) => partitionKey);
  const streams = { impression: target.impressions, click: target.clicks };
  const writerOf = (source: Source) => {
    return new KinesisWriter<InputRecord>({
      api: (options.api ?? connect)(streams[source]),
      streamName: streams[source].streamName,
      // One request at a time keeps the order in each shard.
      maxInFlight: 1,
      onFailed: ({ line }, { code, message }) => {
        if (problems.length < PROBLEMS_KEPT) problems.push(`${files[source]}, line ${line}: ${code}, ${message}`);
      },
    });
  };
  const writers = { impression: writerOf('impression'), click: writerOf('click') };
  const recordsIn = (file: string) => (options.order === 'by time' ? inTimeOrder(recordsOf(file)) : recordsOf(file));
  try {
    let records = 0;
    const merged = mergeByTime<Source>({ impression: recordsIn(files.impression), click: recordsIn(files.click) });
    for await (const { stream, record } of merged) {
      options.signal.throwIfAborted();
      await writers[stream].put({ ...record, partitionKey: keyOf(stream, record) });
      options.onProgress((records += 1));
    }
    await Promise.all(SOURCES.map((source) => writers[source].close()));
  } catch (error) {
    for (const source of SOURCES) writers[source].abort();
    throw error;
  }
  const stats = { impression: writers.impression.stats(), click: writers.click.stats() };
  return {
    put: { impression: stats.impression.sent, click: stats.click.sent },
    failed: stats.impression.failed + stats.click.failed,
    problems,
    retried: stats.impression.retried + stats.click.retried,
  };
}

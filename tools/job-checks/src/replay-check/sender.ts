import { setTimeout as sleep } from 'node:timers/promises';
import { KinesisWriter, type UserRecord, createKinesisClient, kinesisApi } from '@ad-analytics/kinesis-writer';
import type { PipelineSettings, StreamSettings } from '@ad-analytics/pipeline-settings';
import type { TrafficStream } from '@ad-analytics/traffic-model';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { RecordedEvent } from './recording';

/** A pause shorter than this is not worth a timer. */
const MIN_PAUSE_MS = 20;

/** Puts records into the two input streams of a run and keeps the order of each stream. */
export class Sender {
  private readonly writers: Readonly<Record<TrafficStream, KinesisWriter>>;
  private readonly problems: string[] = [];

  constructor(settings: Pick<PipelineSettings, TrafficStream>) {
    const writerOf = ({ streamName, region, endpoint }: StreamSettings) =>
      new KinesisWriter<UserRecord>({
        api: kinesisApi(createKinesisClient({ region, endpoint })),
        streamName,
        // One request at a time keeps the order.
        maxInFlight: 1,
        onFailed: (_, { code, message }) => this.problems.push(`${streamName}: ${code}, ${message}`),
      });
    this.writers = { impressions: writerOf(settings.impressions), clicks: writerOf(settings.clicks) };
  }

  /**
   * Sends records and waits until the streams have them.
   * @throws CommandError if a stream does not accept a record
   */
  async send(records: Iterable<RecordedEvent>, signal: AbortSignal): Promise<void> {
    for (const record of records) {
      signal.throwIfAborted();
      await this.writers[record.stream].put(record);
    }
    await Promise.all(Object.values(this.writers).map((writer) => writer.flush()));
    if (this.problems.length > 0) throw new CommandError(`Records could not be sent: ${this.problems.join('; ')}`);
  }

  /**
   * Sends each record when it is due, and waits until the streams have them.
   * @param records in order of arrival
   * @param options `from`: what is due by then (milliseconds since the start of the recording) is sent at once; `until` ends it
   *   early, without an error
   * @returns number of records sent
   */
  async sendAtOwnPace(
    records: Iterable<RecordedEvent>,
    options: { from?: number; until?: AbortSignal; signal: AbortSignal },
  ): Promise<number> {
    const { from = 0, signal } = options;
    const ends = AbortSignal.any([signal, ...(options.until ? [options.until] : [])]);
    const begin = Date.now() - from;
    let sent = 0;
    for (const record of records) {
      const wait = begin + record.arrivalMs - Date.now();
      if (wait > MIN_PAUSE_MS) await sleep(wait, undefined, { signal: ends }).catch(() => {});
      signal.throwIfAborted();
      if (ends.aborted) break;
      await this.writers[record.stream].put(record);
      sent += 1;
    }
    await this.send([], signal);
    return sent;
  }

  /** Stops sending. May be called after everything is sent. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.writers).map((writer) => writer.abort().catch(() => {})));
  }
}

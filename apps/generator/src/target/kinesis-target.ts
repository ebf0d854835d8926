import {
  createKinesisClient,
  type DeadLetterFile,
  type DeliveryFailure,
  type KinesisApi,
  kinesisApi,
  KinesisWriter,
} from '@ad-analytics/kinesis-writer';
import type { PipelineSettings, StreamSettings } from '@ad-analytics/pipeline-settings';
import type { TrafficStream } from '@ad-analytics/traffic-model';
import { GeneratorError } from '../errors';
import { concernsAllRecords, deliveryProblem } from './delivery-problem';
import { type OutgoingRecord, STREAMS, type TargetCounts, type TrafficTarget } from './traffic-target';

/**
 * Four full requests. When the stream is slower than the traffic, more waiting records would only take memory, and one stream would be
 * further ahead of the other.
 */
const MAX_BUFFERED_RECORDS = 2_000;

interface Outlet {
  readonly streamName: string;
  /** The stream and its location, for messages. */
  readonly name: string;
  readonly api: KinesisApi;
  readonly writer: KinesisWriter<OutgoingRecord>;
}

/**
 * Writes to the two input streams. Records that cannot be delivered after bounded retries go to the dead-letter file.
 * When no record can be delivered (the emulator died, no permission), the target breaks, and the run ends with an
 * error.
 */
export class KinesisTarget implements TrafficTarget {
  readonly description: string;
  readonly broken: AbortSignal;
  private readonly breaking = new AbortController();
  private readonly outlets: Readonly<Record<TrafficStream, Outlet>>;

  /**
   * @param streams where to write
   * @param deadLetters file for undeliverable records
   * @param connect creates the client of a stream; for tests
   * @param
   *   onSettled called with each record that is delivered or kept as a dead letter
   */
  constructor(
    streams: Pick<PipelineSettings, TrafficStream>,
    private readonly deadLetters: DeadLetterFile,
    connect: (stream: StreamSettings) => KinesisApi = ({ region, endpoint }) =>
      kinesisApi(createKinesisClient({ region, endpoint })),
    private readonly onSettled: (record: OutgoingRecord) => void = () => {},
  ) {
    this.broken = this.breaking.signal;
    const outlet = (stream: StreamSettings): Outlet => {
      const { streamName, region, endpoint } = stream;
      const name = `the stream ${streamName} at ${endpoint ?? `AWS, ${region}`}`;
      const api = connect(stream);
      const onFailed = (record: OutgoingRecord, failure: DeliveryFailure) =>
        this.onFailed(name, streamName, record, failure);
      // One request at a time keeps the order of arrival in every shard, so that lateness is deterministic.
      return {
        streamName,
        name,
        api,
        writer: new KinesisWriter({
          api,
          streamName,
          onFailed,
          onDelivered: onSettled,
          maxInFlight: 1,
          maxBufferedRecords: MAX_BUFFERED_RECORDS,
        }),
      };
    };
    this.outlets = { impressions: outlet(streams.impressions), clicks: outlet(streams.clicks) };
    const place = streams.impressions.endpoint ?? `AWS, ${streams.impressions.region}`;
    this.description = `the streams ${streams.impressions.streamName} and ${streams.clicks.streamName} at ${place}`;
  }

  /** @throws GeneratorError (exit code 2) when a stream cannot be reached or does not exist */
  async check(): Promise<void> {
    for (const stream of STREAMS) {
      const { api, name, streamName } = this.outlets[stream];
      await api.listShards({ StreamName: streamName }).catch((error: Error & { code?: string }) => {
        throw deliveryProblem(name, error.code ?? error.name, error.message, false);
      });
    }
  }

  put(record: OutgoingRecord): Promise<void> {
    return this.outlets[record.stream].writer.put(record);
  }

  async close(): Promise<void> {
    // If the target is broken, each waiting record would go through all its retries in vain.
    if (this.broken.aborted) this.abort();
    else this.broken.addEventListener('abort', () => this.abort(), { once: true });
    await Promise.all(STREAMS.map((stream) => this.outlets[stream].writer.close()));
  }

  abort(): void {
    for (const stream of STREAMS) this.outlets[stream].writer.abort();
  }

  counts(): TargetCounts {
    const stats = { impressions: this.outlets.impressions.writer.stats(), clicks: this.outlets.clicks.writer.stats() };
    const sum = (key: 'failed' | 'buffered' | 'retried') => stats.impressions[key] + stats.clicks[key];
    return {
      sent: { impressions: stats.impressions.sent, clicks: stats.clicks.sent },
      failed: sum('failed'),
      waiting: sum('buffered'),
      retried: sum('retried'),
    };
  }

  private onFailed(name: string, streamName: string, record: OutgoingRecord, failure: DeliveryFailure): void {
    try {
      this.deadLetters.add(streamName, record, failure);
      this.onSettled(record);
    } catch (error) {
      const why = (error as Error).message;
      this.breaking.abort(new GeneratorError(`Records were lost: ${this.deadLetters.file} cannot be written: ${why}`));
    }
    if (concernsAllRecords(failure) && !this.broken.aborted)
      this.breaking.abort(deliveryProblem(name, failure.code, failure.message, true));
  }
}

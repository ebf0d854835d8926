import {
  ExpiredIteratorException,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { ShardPage, ShardSource } from './gather-batches';
import type { MappingSettings } from './mapping-settings';

const PART_OF_THE_STACK = 3;
/** Maximum number of records per request. */
const LIMIT = 10_000;

type Position = Pick<GetShardIteratorCommandInput, 'ShardIteratorType' | 'StartingSequenceNumber' | 'Timestamp'>;

/** A shard of a Kinesis stream. */
export class KinesisSource implements ShardSource {
  private iterator: string | undefined;
  private position: Position;

  /** @param streamName @param shardId of the shard @param start position of the first read */
  private constructor(
    private readonly client: KinesisClient,
    private readonly streamName: string,
    private readonly shardId: string,
    start: MappingSettings['startingPosition'],
  ) {
    this.position = { ShardIteratorType: start };
  }

  /** @returns a source with a fixed start: with LATEST, it reads everything that is written after this call */
  static async open(
    client: KinesisClient,
    streamName: string,
    shardId: string,
    start: MappingSettings['startingPosition'],
  ): Promise<KinesisSource> {
    const source = new KinesisSource(client, streamName, shardId, start);
    const opened = new Date();
    await source.seek();
    // A later request with LATEST would return another position, and the records in between would be skipped.
    if (start === 'LATEST') source.position = { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: opened };
    return source;
  }

  /** @throws CommandError (exit code 3) when the shard is closed: its children would have to be read after it */
  async read(): Promise<ShardPage> {
    if (this.iterator === undefined) {
      throw new CommandError(
        `Shard ${this.shardId} of ${this.streamName} was closed; resharding during a run is not supported. Start again.`,
        PART_OF_THE_STACK,
      );
    }
    let answer: GetRecordsCommandOutput;
    try {
      answer = await this.client.send(new GetRecordsCommand({ ShardIterator: this.iterator, Limit: LIMIT }));
    } catch (error) {
      // The iterator expired: a batch was retried for longer than five minutes, or the machine was suspended.
      if (!(error instanceof ExpiredIteratorException)) throw error;
      await this.seek();
      return { records: [], atEnd: false };
    }
    const records = (answer.Records ?? []).map((record) => ({
      sequenceNumber: record.SequenceNumber ?? '',
      partitionKey: record.PartitionKey ?? '',
      arrivalTime: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
      data: record.Data ?? new Uint8Array(),
    }));
    const last = records.at(-1)?.sequenceNumber;
    if (last !== undefined)
      this.position = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: last };
    this.iterator = answer.NextShardIterator;
    return { records, atEnd: (answer.MillisBehindLatest ?? 0) === 0 };
  }

  private async seek(): Promise<void> {
    const request = { StreamName: this.streamName, ShardId: this.shardId, ...this.position };
    this.iterator = (await this.client.send(new GetShardIteratorCommand(request))).ShardIterator;
  }
}

import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { listShardIds, readShard } from '@ad-analytics/local-stack/kinesis/read-shard';

/** Reads a stream while it is written, so that each look at it reads only new records. */
export class StreamFollower {
  private readonly records: Uint8Array[] = [];
  private readonly stop = new AbortController();
  private readonly done: Promise<unknown>;
  private error: unknown;

  private constructor(client: KinesisClient, stream: string, shards: readonly string[], signal: AbortSignal) {
    const options = { followUntil: this.stop.signal, signal };
    this.done = Promise.all(
      shards.map(async (shard) => {
        for await (const batch of readShard(client, stream, shard, options))
          for (const { data } of batch) this.records.push(data);
      }),
    ).catch((error: unknown) => (this.error ??= error));
  }

  /** @param signal ends the reading at once */
  static async start(client: KinesisClient, stream: string, signal: AbortSignal): Promise<StreamFollower> {
    return new StreamFollower(client, stream, await listShardIds(client, stream), signal);
  }

  /** @returns the records read so far @throws the error of the reader */
  soFar(): readonly Uint8Array[] {
    if (this.error !== undefined) throw this.error;
    return this.records;
  }

  /** Ends the reading. @returns all records of the stream @throws the error of the reader */
  async end(): Promise<readonly Uint8Array[]> {
    this.stop.abort();
    await this.done;
    return this.soFar();
  }
}

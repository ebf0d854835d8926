import {
  ListShardsCommand,
  PutRecordsCommand,
  type KinesisClient,
  type ListShardsCommandInput,
  type ListShardsCommandOutput,
  type PutRecordsCommandInput,
  type PutRecordsCommandOutput,
} from '@aws-sdk/client-kinesis';

/** What the writer needs of Kinesis; a test puts its own in place. */
export interface KinesisApi {
  /** One request, no retries: the writer does and counts them. */
  putRecords(input: PutRecordsCommandInput, signal: AbortSignal): Promise<PutRecordsCommandOutput>;
  listShards(input: ListShardsCommandInput): Promise<ListShardsCommandOutput>;
}

/**
 * @param client SDK client; make it with `createKinesisClient`, or with `maxAttempts: 1`, so that retries are not multiplied
 * @returns what the writer needs of it
 */
export function kinesisApi(client: KinesisClient): KinesisApi {
  return {
    putRecords: (input, abortSignal) => client.send(new PutRecordsCommand(input), { abortSignal }),
    listShards: (input) => client.send(new ListShardsCommand(input)),
  };
}

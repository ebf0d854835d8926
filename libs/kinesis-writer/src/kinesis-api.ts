import {
  ListShardsCommand,
  PutRecordsCommand,
  type KinesisClient,
  type ListShardsCommandInput,
  type ListShardsCommandOutput,
  type PutRecordsCommandInput,
  type PutRecordsCommandOutput,
} from '@aws-sdk/client-kinesis';

/** The part of Kinesis that the writer uses; tests replace it. */
export interface KinesisApi {
  /** One request without retries, because the writer retries and counts. */
  putRecords(input: PutRecordsCommandInput, signal: AbortSignal): Promise<PutRecordsCommandOutput>;
  listShards(input: ListShardsCommandInput): Promise<ListShardsCommandOutput>;
}

/**
 * @param client SDK client; make it with `createKinesisClient`, or with `maxAttempts: 1`, so that retries are not multiplied
 * @returns an adapter for the writer
 */
export function kinesisApi(client: KinesisClient): KinesisApi {
  return {
    putRecords: (input, abortSignal) => client.send(new PutRecordsCommand(input), { abortSignal }),
    listShards: (input) => client.send(new ListShardsCommand(input)),
  };
}

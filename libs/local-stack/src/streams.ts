import { CreateStreamCommand, type KinesisClient, waitUntilStreamExists } from '@aws-sdk/client-kinesis';

const MAX_WAIT_SECONDS = 60;

/**
 * Creates the streams and waits until they are active.
 * @param names of the streams
 * @param shards of each
 */
export async function createStreams(client: KinesisClient, names: readonly string[], shards: number): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      await client.send(
        new CreateStreamCommand({
          StreamName: name,
          ShardCount: shards,
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
        }),
      );
      await waitUntilStreamExists(
        { client, maxWaitTime: MAX_WAIT_SECONDS, minDelay: 1, maxDelay: 2 },
        { StreamName: name },
      );
    }),
  );
}
